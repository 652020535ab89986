"""Checkpoints, state, and the memory and time that jobs take."""

from ..grafana import Dashboard, Panel

OF_JOB = 'job_name=~"$job"'
JOB = "{{job_name}}"
MANAGED = "tm:Status_Flink_Memory_Managed"

DASHBOARD = Dashboard(
    "millrace-checkpoints",
    "Millrace: checkpoints and state",
    "What a restart would find, and costs.",
    (
        Panel(
            "How old is the newest checkpoint?",
            "s",
            "What a crash now would have the job read again.",
            {f"time() - max by (job_name) (job:lastCheckpointCompletedTimestamp{{{OF_JOB}}} > 0) / 1000": JOB},
            thresholds=((300, "orange"), (600, "red")),
        ),
        Panel(
            "How long does a checkpoint take?",
            "ms",
            "The last one, from trigger to completion.",
            {f"max by (job_name) (job:lastCheckpointDuration{{{OF_JOB}}} >= 0)": JOB},
            thresholds=((60_000, "red"),),
        ),
        Panel(
            "How large is the state?",
            "bytes",
            "All that the last checkpoint refers to.",
            {f"max by (job_name) (job:lastCheckpointFullSize{{{OF_JOB}}} >= 0)": JOB},
        ),
        Panel(
            "How much does a checkpoint write?",
            "bytes",
            "What changed since the one before.",
            {f"max by (job_name) (job:lastCheckpointSize{{{OF_JOB}}} >= 0)": JOB},
        ),
        Panel(
            "Do checkpoints fail?",
            "short",
            "Failed ones since the JobManager knows the job; completed ones beside them.",
            {
                f"max by (job_name) (job:numberOfFailedCheckpoints{{{OF_JOB}}})": JOB + " failed",
                f"max by (job_name) (job:numberOfCompletedCheckpoints{{{OF_JOB}}})": JOB + " completed",
            },
        ),
        Panel(
            "What holds barriers up?",
            "ms",
            "Longest alignment of the last checkpoint, by job.",
            {
                f"max by (job_name) (task:checkpointAlignmentTime{{{OF_JOB}}}) / 1e6": JOB + " alignment",
                f"max by (job_name) (task:checkpointStartDelayNanos{{{OF_JOB}}}) / 1e6": JOB + " start delay",
            },
        ),
        Panel(
            "Which tasks are held back?",
            "percentunit",
            "Share of time under backpressure, of the worst subtask of a job.",
            {f"max by (job_name) (task:backPressuredTimeMsPerSecond{{{OF_JOB}}}) / 1000": JOB},
            thresholds=((0.5, "red"),),
        ),
        Panel(
            "Which tasks are busy?",
            "percentunit",
            "Share of time at work, of the busiest subtask of a job.",
            {f"max by (job_name) (task:busyTimeMsPerSecond{{{OF_JOB}}}) / 1000": JOB},
            thresholds=((0.9, "orange"),),
        ),
        Panel(
            "How full is the heap?",
            "percentunit",
            "Of each TaskManager and JobManager.",
            {
                "max by (tm_id) (tm:Status_JVM_Memory_Heap_Used / tm:Status_JVM_Memory_Heap_Max)": "{{tm_id}}",
                "max(jm:Status_JVM_Memory_Heap_Used / jm:Status_JVM_Memory_Heap_Max)": "JobManager",
            },
            thresholds=((0.9, "red"),),
        ),
        Panel(
            "How much time takes garbage collection?",
            "percentunit",
            "Share of time, of each TaskManager.",
            {"max by (tm_id) (tm:Status_JVM_GarbageCollector_All_TimeMsPerSecond) / 1000": "{{tm_id}}"},
            thresholds=((0.1, "red"),),
        ),
        Panel(
            "How much managed memory is used?",
            "percentunit",
            "By RocksDB, of what each TaskManager gives it.",
            {f"max by (tm_id) ({MANAGED}_Used / ({MANAGED}_Total > 0))": "{{tm_id}}"},
        ),
        Panel(
            "How large is metaspace?",
            "bytes",
            "Classes of jobs. Up with each redeployment and never down is a leak.",
            {"max by (tm_id) (tm:Status_JVM_Memory_Metaspace_Used)": "{{tm_id}}"},
        ),
        Panel(
            "How many processors are used?",
            "percentunit",
            "Of each TaskManager's process, 1 is all of the machine's.",
            {"max by (tm_id) (tm:Status_JVM_CPU_Load)": "{{tm_id}}"},
            thresholds=((0.9, "orange"),),
        ),
        Panel(
            "How many files are open?",
            "short",
            "By each TaskManager; RocksDB and sockets.",
            {"max by (tm_id) (tm:Status_JVM_FileDescriptor_Open)": "{{tm_id}}"},
        ),
    ),
    {"job": "label_values(job:numRestarts, job_name)"},
)
