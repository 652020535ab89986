"""Kafka as the jobs see it, and how far they are behind."""

from ..grafana import Dashboard, Panel

RATE = "[$__rate_interval]"
OF_JOB = 'job_name=~"$job"'
SOURCES = 'operator_name=~"Source:.*"'
OF_SOURCE = "{{job_name}} {{operator_name}}"
READER = "op:KafkaSourceReader_"
CONSUMER = READER + "KafkaConsumer_"
PRODUCER = "op:KafkaProducer_"

DASHBOARD = Dashboard(
    "millrace-kafka",
    "Millrace: Kafka and lag",
    "Topics as the jobs read and write them.",
    (
        Panel(
            "How many records are still to be read?",
            "short",
            "As the sources know it, not by committed offsets, which move with checkpoints only.",
            {f"sum by (job_name, operator_name) (op:pendingRecords{{{OF_JOB}}})": "{{job_name}} {{operator_name}}"},
            thresholds=((10_000, "red"),),
        ),
        Panel(
            "Is a backlog growing (change of lag)?",
            "cps",
            "Records a second by which the lag grows, over five minutes. Above 0 for long, the job can't keep up.",
            {f"sum by (job_name) (deriv(op:pendingRecords{{{OF_JOB}}}[5m]))": "{{job_name}}"},
            signed=True,
        ),
        Panel(
            "How much is read?",
            "cps",
            "Records a second by source.",
            {f"sum by (job_name, operator_name) (rate(op:numRecordsIn{{{OF_JOB},{SOURCES}}}{RATE}))": OF_SOURCE},
        ),
        Panel(
            "How much is written?",
            "cps",
            "Records a second by sink.",
            {f"sum by (job_name, operator_name) (rate(op:numRecordsSend{{{OF_JOB}}}{RATE}))": OF_SOURCE},
        ),
        Panel(
            "How old is a record when it is read?",
            "ms",
            "Log time until the source emits it, of the slowest subtask.",
            {f"max by (job_name, operator_name) (op:currentEmitEventTimeLag{{{OF_JOB}}})": OF_SOURCE},
        ),
        Panel(
            "Which source has nothing to read?",
            "ms",
            "Since its last record. High is a topic without traffic.",
            {f"min by (job_name, operator_name) (op:sourceIdleTime{{{OF_JOB}}})": "{{job_name}} {{operator_name}}"},
        ),
        Panel(
            "Did a write fail?",
            "short",
            "Records that Kafka did not take, since the start of the job.",
            {f"sum by (job_name) (op:numRecordsSendErrors{{{OF_JOB}}})": "{{job_name}}"},
            thresholds=((1, "red"),),
        ),
        Panel(
            "Was a transaction lost?",
            "short",
            "Committables that failed, with delivery exactly-once: each is a transaction whose records nobody sees.",
            {f"sum by (job_name) (op:failedCommittables{{{OF_JOB}}})": "{{job_name}}"},
            thresholds=((1, "red"),),
        ),
        Panel(
            "How long does the broker take?",
            "ms",
            "The slowest producer's average request.",
            {f"max by (job_name) ({PRODUCER}request_latency_avg{{{OF_JOB}}} >= 0)": "{{job_name}}"},
            thresholds=((1_000, "red"),),
        ),
        Panel(
            "Do producers have to try again?",
            "cps",
            "Sends a second that were repeated.",
            {f"sum by (job_name) (rate({PRODUCER}record_retry_total{{{OF_JOB}}}{RATE}))": "{{job_name}}"},
        ),
        Panel(
            "Are there connections to the brokers?",
            "short",
            "Of consumers and of producers.",
            {
                f"sum by (job_name) ({CONSUMER}connection_count{{{OF_JOB}}})": "{{job_name}} consumers",
                f"sum by (job_name) ({PRODUCER}connection_count{{{OF_JOB}}})": "{{job_name}} producers",
            },
        ),
        Panel(
            "Do offsets get committed?",
            "cps",
            "Commits of offsets a second, and failed ones.",
            {
                f"sum by (job_name) (rate({READER}commitsSucceeded{{{OF_JOB}}}{RATE}))": "{{job_name}}",
                f"sum by (job_name) (rate({READER}commitsFailed{{{OF_JOB}}}{RATE}))": "{{job_name}} failed",
            },
        ),
        Panel(
            "How many bytes come in?",
            "Bps",
            "That consumers fetched.",
            {f"sum by (job_name) ({CONSUMER}bytes_consumed_rate{{{OF_JOB}}} >= 0)": "{{job_name}}"},
        ),
    ),
    {"job": "label_values(job:numRestarts, job_name)"},
)
