package io.millrace.local.demo;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A company of a dozen people and what they have to do. */
final class Company {

    /** Someone with tasks. */
    record Person(String userId, ZoneId zone) {}

    /** A piece of work of one time of day. */
    record Work(String title, String priority, String tag) {}

    static final List<Person> PEOPLE = List.of(
            person("amelie.durand", "Europe/Paris"),
            person("bo.lindqvist", "Europe/Stockholm"),
            person("chidi.okafor", "Africa/Lagos"),
            person("dolores.vega", "America/Mexico_City"),
            person("emre.kaya", "Europe/Istanbul"),
            person("fatima.zahra", "Africa/Casablanca"),
            person("grace.otieno", "Africa/Nairobi"),
            person("hiro.tanaka", "Asia/Tokyo"),
            person("ines.pereira", "Europe/Lisbon"),
            person("jack.murphy", "America/New_York"),
            person("kavya.rao", "Asia/Kolkata"),
            person("lena.schmidt", "Europe/Berlin"));

    private static final List<Work> MORNING = List.of(
            new Work("Answer the mail from the night", "P3", "office"),
            new Work("Check yesterday's deployment", "P2", "engineering"),
            new Work("Open the support queue", "P2", "support"),
            new Work("Call the supplier about the delayed parts", "P2", "purchasing"),
            new Work("Prepare the slides for the board", "P1", "management"),
            new Work("Water the plants by the entrance", "P4", "office"));

    private static final List<Work> MIDDAY = List.of(
            new Work("Order lunch for the visitors", "P3", "office"),
            new Work("Review Kavya's pull request", "P2", "engineering"),
            new Work("Send the offer to Nordlicht GmbH", "P1", "sales"),
            new Work("Interview: backend engineer", "P1", "hiring"),
            new Work("Book the train to Lyon", "P3", "travel"),
            new Work("Renew the certificate of the shop", "P1", "engineering"));

    private static final List<Work> AFTERNOON = List.of(
            new Work("Approve the travel expenses", "P3", "finance"),
            new Work("Write the minutes of the planning meeting", "P3", "management"),
            new Work("Pay the invoice of the data centre", "P1", "finance"),
            new Work("Call Mr. Brandt back about his order", "P2", "support"),
            new Work("Restock the first-aid kit", "P4", "office"),
            new Work("Hand the on-call phone over", "P2", "engineering"));

    /** What people write below a title, by its tag. */
    private static final Map<String, String> BRIEFS = Map.of(
            "office",
            "Ask at the reception if something is missing. The key is in the top drawer. It takes a quarter of an hour.",
            "engineering",
            "The log is in the usual place. Look at the last deployment first, as most trouble comes from there. Write down "
                    + "what you found, so that the next one on call knows.",
            "support",
            "The customer has written twice and waits for an answer. Be friendly and give a date. Put the mail into the file.",
            "purchasing",
            "The parts were due last week and the line will stand still by Friday. Ask for a partial delivery. Agree on a new "
                    + "date in writing.",
            "management",
            "The figures of the last quarter are in the shared folder. Keep it to ten pages. The board wants to see the plan "
                    + "for next year, not the details of the last.",
            "sales",
            "The offer has been agreed on by phone. Check the discount with Ines before it goes out. They decide next week.");

    private Company() {}

    /** A description of the work; the same for the same work. */
    static String describe(Work work) {
        String brief = BRIEFS.get(work.tag());
        return brief == null ? null : work.title() + ". " + brief;
    }

    private static Person person(String userId, String zone) {
        return new Person(userId, ZoneId.of(zone));
    }

    /** @param partOfDay from 0, the morning, to 1, the evening */
    static Work work(Random random, double partOfDay) {
        List<Work> now = partOfDay < 0.33 ? MORNING : partOfDay < 0.66 ? MIDDAY : AFTERNOON;
        return pick(random, now);
    }

    static Person anyone(Random random) {
        return pick(random, PEOPLE);
    }

    static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
