package io.millrace.logic.slo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.slo.Members;
import io.millrace.schema.slo.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules, each with where it comes from. The samples are written as {@link Samples} says. */
class VerdictsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Burrow: the current lag is zero | SOME | 10/20@0*40 20/20 | OK",
                "Burrow: a lag of zero among the last commits | SOME | 10/10 11/15@10 12/17@20 13/19@30 14/21@40 15/23@50 | OK",
                "Burrow, WARN: the lag never falls | SOME | 1/10@0 2/12@0 3/14@0 4/16@0 5/18@0 6/20@0 7/22@0 8/24@0 9/26@0 10/28@0 | WARNING",
                "Burrow, WARN: it falls once | SOME | 1/10@0 2/12@0 3/14@0 4/10@0 5/18@0 6/20@0 7/22@0 8/24@0 9/26@0 10/28@0 | OK",
                "Burrow, STALL: it has members and stays where it is | SOME | 1/9@0 2/9@0 3/9@0 4/9@0 4/9@0*4 | STALLED",
                "Burrow, STOP: nobody commits any more | UNKNOWN | 1/9@0 2/9@0 3/9@0 4/9@0 4/9@0*4 | STOPPED",
                "Burrow, REWIND: it goes back | SOME | 50/60@0 55/60@0 20/60@0 | REWOUND",
                "reset by hand after it had read all | SOME | 60/60 60/60 20/60@0 | REWOUND",
                "reset by hand, and read again | SOME | 60/60 20/60@0 61/61 | OK",
                "reset by hand to the end | SOME | 10/60@0 60/60 60/60 | OK",
                "commits out of order, as those of a consumer that does not wait for them | SOME | 100/110@0 90/110@0 105/120@20 | OK",
                "an idle topic | SOME | 10/10*200 | OK",
                "an idle topic with an old record that nobody reads, without members | NONE | 10/10*20 10/11@195*5 | STOPPED",
                "the same with members that are new to us | SOME | 10/10*20 10/11@195*5 | OK",
                "the same for ten minutes | SOME | 10/10*20 10/11@195*66 | STALLED",
                "a topic with a record now and then, each read at once | UNKNOWN | 1/1*9 1/2@89 2/2*9 2/3@189 3/3*9 3/4@289 4/4*5 | OK",
                "the same whose reader dies: not for longer than what is usual | UNKNOWN | 1/1*9 1/2@89 2/2*9 2/3@189 3/3*9 3/4@289*5 | STOPPED",
                "a job of Flink with a checkpoint a minute | UNKNOWN | 0/10@0*6 10/20@55*6 20/30@115*6 30/40@175*17 | OK",
                "the same that takes none any more | UNKNOWN | 0/10@0*6 10/20@55*6 20/30@115*6 30/40@175*20 | STOPPED",
                "a group without members that has read all | NONE | 10/10*50 | OK",
                "a group that lost its members | NONE | 8/10@0 9/10@0 9/10@0*4 | STOPPED",
                "ends of transactions: nothing is unread | SOME | 10/12x*100 | OK",
                "a transaction that hangs: nobody can read on | SOME | 10/500x*100 | OK",
                "retention or compaction took what was unread | SOME | 5/20>10@0 6/20>10@0 12/20>10@0 | OK",
                "the topic was made again, by its id | SOME | 500/600@0 510/610@0 !0/5@15 1/5@25 | OK",
                "the topic was made again, seen by its end alone | UNKNOWN | 500/500 500/3>0@15 3/3 | OK",
                "nobody looked for a while | SOME | 1/9@0 2/9@0 3/9@0 _*30 4/9@0 | OK",
            })
    void verdict(String why, Members members, String samples, Verdict verdict) {
        Lag lag = new Lag(Objective.DEFAULT).take(Samples.of(members, samples));

        assertThat(lag.state.verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "by the first unread record's log time | 10/10 10/12@3 | 7000 | 2 | false",
                "the record was logged after we looked | 10/10 10/12@12 | 0 | 2 | false",
                "not known: since the first look by which it was there | 10/12 10/12*3 | 30000 | 2 | true",
                "not known, and read on: since a look by which it was there already | 10/20 11/20 12/20 | 20000 | 8 | true",
                "what was unread is gone: at least by what is left | 5/20>10@0 5/20>10@0 | 10000 | 10 | true",
                "committed beyond the end: all of the log is unread | 500/3>1@0 500/3>1@0 | 10000 | 2 | true",
                "committed beyond the end of an empty log | 500/7>7 500/7>7 | 0 | 0 | false",
                "nothing of it is a record | 10/12x*9 | 0 | 0 | false",
            })
    void lag(String why, String samples, long lagMs, long records, boolean atLeast) {
        Lag lag = new Lag(Objective.DEFAULT).take(Samples.of(Members.SOME, samples));

        assertThat(lag.state.lagMs()).isEqualTo(lagMs);
        assertThat(lag.state.lagRecords()).isEqualTo(records);
        assertThat(lag.state.atLeast()).isEqualTo(atLeast);
    }
}
