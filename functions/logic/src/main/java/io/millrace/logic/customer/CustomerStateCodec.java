package io.millrace.logic.customer;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link CustomerState}. */
public final class CustomerStateCodec extends RecordCodec<CustomerState> {
    public CustomerStateCodec() {
        super(CustomerState.class);
    }
}
