package io.millrace.gateway.model;

/** By what a list is sorted. The column is one of ours, and never what somebody typed. */
record Order(String column, boolean descending) {

    static Order ascending(String column) {
        return new Order(column, false);
    }

    static Order descending(String column) {
        return new Order(column, true);
    }
}
