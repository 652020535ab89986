package io.millrace.logic.notification;

import java.util.List;

/** What one event means, for each person whom it concerns. */
public record NotificationInputs(List<NotificationInput> all) {}
