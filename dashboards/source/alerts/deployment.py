"""Can it be restarted and redeployed, and has it room?"""

from ..rules import Alert, Case

GB = 1_000_000_000


def _alert(name, severity, means, expr, hold, keep, summary, fires, quiet, dashboard="millrace-checkpoints"):
    return Alert(name, "deployment", severity, "platform", means, expr, hold, keep, summary, dashboard, fires, quiet)


TASKS = (("job_name", "tasks"),)
DISK = 'instance="tm-1:9100",mountpoint="/data",fstype="ext4"'
ON_DISK = (("instance", "tm-1:9100"), ("mountpoint", "/data"), ("fstype", "ext4"))
NODE = "node_filesystem_avail_bytes"
SIZE = "node_filesystem_size_bytes"
REAL = '{fstype!~"tmpfs|overlay|squashfs"}'
# promtool's clock starts at 0, and a value a minute: this is a checkpoint a minute.
EACH_MINUTE = "0+60000x120"

ALERTS = (
    _alert("CheckpointOld", "P1", "No checkpoint for ten minutes: a crash would have all since then read again.",
           "time() - max by (job_name) (job:lastCheckpointCompletedTimestamp > 0) / 1000 > 600", "1m", "2m",
           "The newest checkpoint of {{ $labels.job_name }} is {{ $value | humanizeDuration }} old",
           Case({'job:lastCheckpointCompletedTimestamp{job_name="tasks"}': "0+60000x10 600000x60"}, at="40m", labels=TASKS,
                says="The newest checkpoint of tasks is 30m 0s old"),
           Case({'job:lastCheckpointCompletedTimestamp{job_name="tasks"}': EACH_MINUTE}, at="40m")),
    _alert("CheckpointMissing", "P1", "A job has run for ten minutes without a single checkpoint.",
           "max by (job_name) (job:lastCompletedCheckpointId) < 1 and max by (job_name) (job:runningTime) > 600000",
           "1m", "2m", "{{ $labels.job_name }} has made no checkpoint yet",
           Case({'job:lastCompletedCheckpointId{job_name="tasks"}': "0x60",
                 'job:runningTime{job_name="tasks"}': "0+60000x60"}, labels=TASKS, says="tasks has made no checkpoint yet"),
           Case({'job:lastCompletedCheckpointId{job_name="tasks"}': "0 0 0+1x60",
                 'job:runningTime{job_name="tasks"}': "0+60000x60"})),
    _alert("CheckpointsFailing", "P2", "Three checkpoints failed in a quarter of an hour.",
           "max by (job_name) (increase(job:numberOfFailedCheckpoints[15m])) >= 3", "0m", "10m",
           '{{ $value | printf "%.0f" }} checkpoints of {{ $labels.job_name }} failed in 15 minutes',
           Case({'job:numberOfFailedCheckpoints{job_name="tasks"}': "0x5 0+1x60"}, at="30m", labels=TASKS,
                says="15 checkpoints of tasks failed in 15 minutes"),
           Case({'job:numberOfFailedCheckpoints{job_name="tasks"}': "0x25 2x60"}, at="30m")),
    _alert("CheckpointSlow", "P3", "Checkpoints take more than a minute.",
           "max by (job_name) (job:lastCheckpointDuration) > 60000", "10m", "10m",
           'Checkpoints of {{ $labels.job_name }} take {{ $value | printf "%.0f" }} ms',
           Case({'job:lastCheckpointDuration{job_name="tasks"}': "90000x30"}, labels=TASKS,
                says="Checkpoints of tasks take 90000 ms"),
           Case({'job:lastCheckpointDuration{job_name="tasks"}': "90000x5 800x30"})),
    _alert("StateGrowing", "P3", "The state is half as large again as a day ago, and more than a gigabyte.",
           "max by (job_name) (job:lastCheckpointFullSize)"
           " > 1.5 * max by (job_name) (job:lastCheckpointFullSize offset 1d)"
           f" and max by (job_name) (job:lastCheckpointFullSize) > {GB}", "1h", "1h",
           "The state of {{ $labels.job_name }} is {{ $value | humanize1024 }}B, half as large again as a day ago",
           Case({'job:lastCheckpointFullSize{job_name="tasks"}': f"{GB}x96 {2 * GB}x8"}, at="1530m",
                step="15m", labels=TASKS,
                says="The state of tasks is 1.863GiB, half as large again as a day ago"),
           Case({'job:lastCheckpointFullSize{job_name="tasks"}': f"{GB // 10}x96 {GB // 2}x8"}, at="1530m",
                step="15m")),
    _alert("StateShrunk", "P1", "A job has a tenth of the state it had an hour ago: did it start from nothing?",
           "max by (job_name) (job:lastCheckpointFullSize > 0)"
           " < 0.1 * max by (job_name) (max_over_time(job:lastCheckpointFullSize[1h] offset 15m))"
           " and max by (job_name) (max_over_time(job:lastCheckpointFullSize[1h] offset 15m)) > 10000000", "1m", "30m",
           "The state of {{ $labels.job_name }} is only {{ $value | humanize1024 }}B",
           Case({'job:lastCheckpointFullSize{job_name="tasks",job_id="a"}': f"{GB}x60 stale",
                 'job:lastCheckpointFullSize{job_name="tasks",job_id="b"}': "_x61 1048576x60"}, at="80m", labels=TASKS,
                says="The state of tasks is only 1MiB"),
           Case({'job:lastCheckpointFullSize{job_name="tasks",job_id="a"}': f"{GB}x60 stale",
                 'job:lastCheckpointFullSize{job_name="tasks",job_id="b"}': f"_x61 {GB}x60"}, at="80m")),
    _alert("HeapFull", "P2", "More than nine tenths of a TaskManager's heap are used, for ten minutes.",
           "max by (tm_id) (tm:Status_JVM_Memory_Heap_Used / tm:Status_JVM_Memory_Heap_Max) > 0.9", "10m", "5m",
           "{{ $value | humanizePercentage }} of the heap of TaskManager {{ $labels.tm_id }} are used",
           Case({'tm:Status_JVM_Memory_Heap_Used{tm_id="a"}': "95x30", 'tm:Status_JVM_Memory_Heap_Max{tm_id="a"}': "100x30"},
                labels=(("tm_id", "a"),), says="95% of the heap of TaskManager a are used"),
           Case({'tm:Status_JVM_Memory_Heap_Used{tm_id="a"}': "95x8 40x30",
                 'tm:Status_JVM_Memory_Heap_Max{tm_id="a"}': "100x40"})),
    _alert("GarbageCollection", "P3", "A tenth of the time goes into garbage collection.",
           "max by (tm_id) (tm:Status_JVM_GarbageCollector_All_TimeMsPerSecond) > 100", "10m", "10m",
           'TaskManager {{ $labels.tm_id }} collects garbage {{ $value | printf "%.0f" }} ms of each second',
           Case({'tm:Status_JVM_GarbageCollector_All_TimeMsPerSecond{tm_id="a"}': "250x30"}, labels=(("tm_id", "a"),),
                says="TaskManager a collects garbage 250 ms of each second"),
           Case({'tm:Status_JVM_GarbageCollector_All_TimeMsPerSecond{tm_id="a"}': "20x30"})),
    _alert("MetaspaceFull", "P3", "Classes of jobs fill metaspace, as after many redeployments on one cluster.",
           "max by (tm_id) (tm:Status_JVM_Memory_Metaspace_Used / (tm:Status_JVM_Memory_Metaspace_Max > 0)) > 0.9", "10m",
           "10m", "{{ $value | humanizePercentage }} of the metaspace of TaskManager {{ $labels.tm_id }} are used",
           Case({'tm:Status_JVM_Memory_Metaspace_Used{tm_id="a"}': "95x30",
                 'tm:Status_JVM_Memory_Metaspace_Max{tm_id="a"}': "100x30"}, labels=(("tm_id", "a"),),
                says="95% of the metaspace of TaskManager a are used"),
           # Without a limit Java says -1.
           Case({'tm:Status_JVM_Memory_Metaspace_Used{tm_id="a"}': "95x30",
                 'tm:Status_JVM_Memory_Metaspace_Max{tm_id="a"}': "-1x30"})),
    _alert("FilesOpen", "P3", "A TaskManager has nearly as many files open as it may.",
           "max by (tm_id) (tm:Status_JVM_FileDescriptor_Open / tm:Status_JVM_FileDescriptor_Max) > 0.8", "10m", "10m",
           "TaskManager {{ $labels.tm_id }} has {{ $value | humanizePercentage }} of the files open that it may",
           Case({'tm:Status_JVM_FileDescriptor_Open{tm_id="a"}': "900x30",
                 'tm:Status_JVM_FileDescriptor_Max{tm_id="a"}': "1000x30"}, labels=(("tm_id", "a"),),
                says="TaskManager a has 90% of the files open that it may"),
           Case({'tm:Status_JVM_FileDescriptor_Open{tm_id="a"}': "500x30",
                 'tm:Status_JVM_FileDescriptor_Max{tm_id="a"}': "1000x30"})),
    _alert("DiskFull", "P1", "Less than 5 % of a disk are free (node exporter).",
           f"{NODE}{REAL} / {SIZE}{REAL} < 0.05", "5m", "10m",
           "{{ $value | humanizePercentage }} of {{ $labels.mountpoint }} on {{ $labels.instance }} are free",
           Case({f"{NODE}{{{DISK}}}": "2x30", f"{SIZE}{{{DISK}}}": "100x30"}, labels=ON_DISK,
                says="2% of /data on tm-1:9100 are free"),
           Case({f"{NODE}{{{DISK}}}": "20x30", f"{SIZE}{{{DISK}}}": "100x30"}), dashboard="millrace-system"),
    _alert("DiskFilling", "P2", "A disk will be full within a day at the pace of the last six hours (node exporter).",
           f"predict_linear({NODE}{REAL}[6h], 86400) < 0 and {NODE}{REAL} / {SIZE}{REAL} < 0.5", "30m", "1h",
           "{{ $labels.mountpoint }} on {{ $labels.instance }} will be full within a day",
           Case({f"{NODE}{{{DISK}}}": "40000-30x400", f"{SIZE}{{{DISK}}}": "100000x400"}, at="390m", labels=ON_DISK,
                says="/data on tm-1:9100 will be full within a day"),
           Case({f"{NODE}{{{DISK}}}": "40000x400", f"{SIZE}{{{DISK}}}": "100000x400"}, at="390m"),
           dashboard="millrace-system"),
)
