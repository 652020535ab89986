package io.millrace.logic.customer;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link CustomerInput}. */
public final class CustomerInputCodec extends RecordCodec<CustomerInput> {
    public CustomerInputCodec() {
        super(CustomerInput.class);
    }
}
