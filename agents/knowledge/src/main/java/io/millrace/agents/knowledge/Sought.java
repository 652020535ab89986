package io.millrace.agents.knowledge;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What kind of answer a question wants, by the words it asks with, and whether a sentence has one. Linear in the text. */
enum Sought {
    TIME,
    AMOUNT,
    PLACE,
    ANYTHING;

    private static final List<String> ASKS_TIME = List.of(
            " how long ",
            " how soon ",
            " how fast ",
            " how quickly ",
            " how many days ",
            " how many hours ",
            " how many weeks ",
            " how many months ",
            " how many years ",
            " when ",
            " combien de temps ",
            " combien de jours ",
            " combien de semaines ",
            " combien d heures ",
            " combien de mois ",
            " combien d annees ",
            " en combien ",
            " quand ",
            " duree ",
            " delai ",
            " delais ",
            " cuanto tiempo ",
            " cuanto tarda",
            " cuanto demora",
            " cuanto dura",
            " cuantos dias ",
            " cuantas horas ",
            " cuantas semanas ",
            " cuantos meses ",
            " cuantos anos ",
            " cuando ",
            " plazo ");
    private static final List<String> ASKS_AMOUNT = List.of(
            " how much ",
            " cost ",
            " costs ",
            " price of ",
            " what amount ",
            " which amount ",
            " charge for ",
            " fee ",
            " fees ",
            " combien ",
            " coute ",
            " coutent ",
            " montant ",
            " prix de ",
            " frais ",
            " cuanto ",
            " cuesta",
            " importe ",
            " precio de ",
            " cobran por ",
            " gastos ");
    private static final List<String> ASKS_PLACE =
            List.of(" where ", " ou est ", " ou se ", " ou sont ", " ou puis ", " ou trouve", " ou dois ", " donde ");

    private static final Set<String> UNITS = Set.of(
            "minute",
            "minutes",
            "hour",
            "hours",
            "day",
            "days",
            "week",
            "weeks",
            "month",
            "months",
            "year",
            "years",
            "heure",
            "heures",
            "jour",
            "jours",
            "semaine",
            "semaines",
            "mois",
            "an",
            "ans",
            "annee",
            "annees",
            "minuto",
            "minutos",
            "hora",
            "horas",
            "dia",
            "dias",
            "semana",
            "semanas",
            "mes",
            "meses",
            "ano",
            "anos");
    private static final Set<String> NUMBERS = Set.of(
            "one", "two", "three", "four", "five", "six", "seven", "ten", "un", "une", "deux", "trois", "quatre",
            "cinq", "sept", "dix", "uno", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "diez", "same",
            "meme", "mismo");
    private static final Set<String> MONEY =
            Set.of("dollar", "dollars", "dolar", "dolares", "euro", "euros", "cents", "percent", "pour_cent");
    private static final Set<String> FREE =
            Set.of("free", "gratuit", "gratuite", "gratuits", "gratuites", "gratis", "gratuito", "gratuita");
    private static final Set<String> PLACES = Set.of(
            "page",
            "site",
            "website",
            "store",
            "stores",
            "shop",
            "counter",
            "under",
            "office",
            "street",
            "button",
            "link",
            "account",
            "pagina",
            "tienda",
            "tiendas",
            "oficina",
            "calle",
            "boton",
            "enlace",
            "cuenta",
            "magasin",
            "magasins",
            "boutique",
            "bureau",
            "rue",
            "bouton",
            "lien",
            "compte",
            "sous");
    /** A number stands at most so many words before its unit: {@code 2 to 4 working days}. */
    private static final int BEFORE = 4;

    static Sought of(String question) {
        String asked = " " + String.join(" ", words(question)) + " ";
        if (ASKS_TIME.stream().anyMatch(asked::contains)) {
            return TIME;
        }
        if (ASKS_AMOUNT.stream().anyMatch(asked::contains)) {
            return AMOUNT;
        }
        return ASKS_PLACE.stream().anyMatch(asked::contains) ? PLACE : ANYTHING;
    }

    /** True of every sentence where nothing is known of what is sought. */
    boolean isTold(String sentence) {
        List<String> words = words(sentence);
        return switch (this) {
            case ANYTHING -> true;
            case TIME -> hasTime(words);
            case AMOUNT -> hasAmount(sentence, words);
            case PLACE ->
                words.stream().anyMatch(PLACES::contains)
                        || sentence.indexOf('"') >= 0
                        || sentence.indexOf('\u201c') >= 0
                        || sentence.indexOf('\u00ab') >= 0;
        };
    }

    private static boolean hasTime(List<String> words) {
        for (int at = 1; at < words.size(); at++) {
            if (UNITS.contains(words.get(at))) {
                for (String before : words.subList(Math.max(0, at - BEFORE), at)) {
                    if (isNumber(before)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean hasAmount(String sentence, List<String> words) {
        boolean number = words.stream().anyMatch(word -> Character.isDigit(word.charAt(0)));
        boolean money = words.stream().anyMatch(MONEY::contains)
                || sentence.indexOf('$') >= 0
                || sentence.indexOf('%') >= 0
                || sentence.indexOf('\u20ac') >= 0;
        return number && money || words.stream().anyMatch(FREE::contains);
    }

    private static boolean isNumber(String word) {
        return Character.isDigit(word.charAt(0)) || NUMBERS.contains(word);
    }

    private static List<String> words(String text) {
        String folded = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int at = 0; at <= folded.length(); at++) {
            char c = at == folded.length() ? ' ' : folded.charAt(at);
            if (Character.isLetterOrDigit(c)) {
                word.append(c);
            } else if (Character.getType(c) != Character.NON_SPACING_MARK && !word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        return words;
    }
}
