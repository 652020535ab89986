package io.millrace.gateway.stream;

/**
 * How far somebody has followed what changes.
 *
 * @param epoch of the file of the model: when it is made anew, its changes are counted anew
 * @param change the number of the last one
 */
record StreamPosition(String epoch, long change) {

    /** As the id of an event. */
    @Override
    public String toString() {
        return epoch + "-" + change;
    }

    /** Null when it is none. */
    static StreamPosition parse(String text) {
        return text.matches("[0-9a-f]{1,32}-[0-9]{1,18}")
                ? new StreamPosition(
                        text.substring(0, text.indexOf('-')), Long.parseLong(text.substring(text.indexOf('-') + 1)))
                : null;
    }
}
