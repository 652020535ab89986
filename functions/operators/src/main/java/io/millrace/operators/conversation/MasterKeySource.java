package io.millrace.operators.conversation;

import io.millrace.logic.vault.Entropy;
import io.millrace.logic.vault.MasterKey;
import java.io.IOException;
import java.io.Serializable;

/** Where the master key is: a file, or a service that wraps and unwraps. */
public interface MasterKeySource extends Serializable {

    /** The setting that says where it is, for messages. */
    String setting();

    /** @throws IOException naming the setting when it can't be used */
    MasterKey open(Entropy entropy) throws IOException;
}
