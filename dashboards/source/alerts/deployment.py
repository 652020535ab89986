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
    _alert(
        "CheckpointOld",
        severity="P1",
        means="No checkpoint for ten minutes: a crash would have all since then read again.",
        expr="time() - max by (job_name) (job:lastCheckpointCompletedTimestamp > 0) / 1000 > 600",
        hold="1m",
        keep="2m",
        summary="The newest checkpoint of {{ $labels.job_name }} is {{ $value | humanizeDuration }} old",
        fires=Case(
            {'job:lastCheckpointCompletedTimestamp{job_name="tasks"}': "0+60000x10 600000x60"},
            at="40m",
            labels=TASKS,
            says="The newest checkpoint of tasks is 30m 0s old",
        ),
        quiet=Case({'job:lastCheckpointCompletedTimestamp{job_name="tasks"}': EACH_MINUTE}, at="40m"),
    ),
    _alert(
        "CheckpointMissing",
        severity="P1",
        means="A job has run for ten minutes without a single checkpoint.",
        expr="max by (job_name) (job:lastCompletedCheckpointId) < 1 and max by (job_name) (job:runningTime) > 600000",
        hold="1m",
        keep="2m",
        summary="{{ $labels.job_name }} has made no checkpoint yet",
        fires=Case(
            {
                'job:lastCompletedCheckpointId{job_name="tasks"}': "0x60",
                'job:runningTime{job_name="tasks"}': "0+60000x60",
            },
            labels=TASKS,
            says="tasks has made no checkpoint yet",
        ),
        quiet=Case(
            {
                'job:lastCompletedCheckpointId{job_name="tasks"}': "0 0 0+1x60",
                'job:runningTime{job_name="tasks"}': "0+60000x60",
            }
        ),
    ),
    _alert(
        "CheckpointsFailing",
        severity="P2",
        means="In a quarter of an hour three checkpoints failed, and more than one for five that did not.",
        expr="max by (job_name) (increase(job:numberOfFailedCheckpoints[15m])) >= 3"
        " and max by (job_name) (increase(job:numberOfFailedCheckpoints[15m]))"
        " > 0.2 * max by (job_name) (increase(job:numberOfCompletedCheckpoints[15m]))",
        hold="2m",
        keep="10m",
        summary='{{ $value | printf "%.0f" }} checkpoints of {{ $labels.job_name }} failed in 15 minutes',
        fires=Case(
            {
                'job:numberOfFailedCheckpoints{job_name="tasks"}': "0x5 0+1x60",
                'job:numberOfCompletedCheckpoints{job_name="tasks"}': "0x5 0+2x60",
            },
            at="30m",
            labels=TASKS,
            says="15 checkpoints of tasks failed in 15 minutes",
        ),
        # As at a start, when tasks are not all there yet.
        quiet=Case(
            {
                'job:numberOfFailedCheckpoints{job_name="tasks"}': "0x5 0+1x4 4x60",
                'job:numberOfCompletedCheckpoints{job_name="tasks"}': "0x5 0+6x60",
            },
            at="15m",
        ),
    ),
    _alert(
        "CheckpointSlow",
        severity="P3",
        means="Checkpoints take more than a minute.",
        expr="max by (job_name) (job:lastCheckpointDuration) > 60000",
        hold="10m",
        keep="10m",
        summary='Checkpoints of {{ $labels.job_name }} take {{ $value | printf "%.0f" }} ms',
        fires=Case(
            {'job:lastCheckpointDuration{job_name="tasks"}': "90000x30"},
            labels=TASKS,
            says="Checkpoints of tasks take 90000 ms",
        ),
        quiet=Case({'job:lastCheckpointDuration{job_name="tasks"}': "90000x5 800x30"}),
    ),
    _alert(
        "StateGrowing",
        severity="P3",
        means="The state is half as large again as a day ago, and more than a gigabyte.",
        expr="max by (job_name) (job:lastCheckpointFullSize)"
        " > 1.5 * max by (job_name) (job:lastCheckpointFullSize offset 1d)"
        f" and max by (job_name) (job:lastCheckpointFullSize) > {GB}",
        hold="1h",
        keep="1h",
        summary="The state of {{ $labels.job_name }} is {{ $value | humanize1024 }}B, half as large again as a day ago",
        fires=Case(
            {'job:lastCheckpointFullSize{job_name="tasks"}': f"{GB}x96 {2 * GB}x8"},
            at="1530m",
            step="15m",
            labels=TASKS,
            says="The state of tasks is 1.863GiB, half as large again as a day ago",
        ),
        quiet=Case(
            {'job:lastCheckpointFullSize{job_name="tasks"}': f"{GB // 10}x96 {GB // 2}x8"}, at="1530m", step="15m"
        ),
    ),
    _alert(
        "StateShrunk",
        severity="P1",
        means="A job has a tenth of the state it had an hour ago: did it start from nothing?",
        expr="max by (job_name) (job:lastCheckpointFullSize > 0)"
        " < 0.1 * max by (job_name) (max_over_time(job:lastCheckpointFullSize[1h] offset 15m))"
        " and max by (job_name) (max_over_time(job:lastCheckpointFullSize[1h] offset 15m)) > 10000000",
        hold="1m",
        keep="30m",
        summary="The state of {{ $labels.job_name }} is only {{ $value | humanize1024 }}B",
        fires=Case(
            {
                'job:lastCheckpointFullSize{job_name="tasks",job_id="a"}': f"{GB}x60 stale",
                'job:lastCheckpointFullSize{job_name="tasks",job_id="b"}': "_x61 1048576x60",
            },
            at="80m",
            labels=TASKS,
            says="The state of tasks is only 1MiB",
        ),
        quiet=Case(
            {
                'job:lastCheckpointFullSize{job_name="tasks",job_id="a"}': f"{GB}x60 stale",
                'job:lastCheckpointFullSize{job_name="tasks",job_id="b"}': f"_x61 {GB}x60",
            },
            at="80m",
        ),
    ),
    _alert(
        "HeapFull",
        severity="P2",
        means="More than nine tenths of a TaskManager's heap are used, for ten minutes.",
        expr="max by (tm_id) (tm:Status_JVM_Memory_Heap_Used / tm:Status_JVM_Memory_Heap_Max) > 0.9",
        hold="10m",
        keep="5m",
        summary="{{ $value | humanizePercentage }} of the heap of TaskManager {{ $labels.tm_id }} are used",
        fires=Case(
            {
                'tm:Status_JVM_Memory_Heap_Used{tm_id="a"}': "95x30",
                'tm:Status_JVM_Memory_Heap_Max{tm_id="a"}': "100x30",
            },
            labels=(("tm_id", "a"),),
            says="95% of the heap of TaskManager a are used",
        ),
        quiet=Case(
            {
                'tm:Status_JVM_Memory_Heap_Used{tm_id="a"}': "95x8 40x30",
                'tm:Status_JVM_Memory_Heap_Max{tm_id="a"}': "100x40",
            }
        ),
    ),
    _alert(
        "GarbageCollection",
        severity="P3",
        means="A tenth of the time goes into garbage collection.",
        expr="max by (tm_id) (tm:Status_JVM_GarbageCollector_All_TimeMsPerSecond) > 100",
        hold="10m",
        keep="10m",
        summary='TaskManager {{ $labels.tm_id }} collects garbage {{ $value | printf "%.0f" }} ms of each second',
        fires=Case(
            {'tm:Status_JVM_GarbageCollector_All_TimeMsPerSecond{tm_id="a"}': "250x30"},
            labels=(("tm_id", "a"),),
            says="TaskManager a collects garbage 250 ms of each second",
        ),
        quiet=Case({'tm:Status_JVM_GarbageCollector_All_TimeMsPerSecond{tm_id="a"}': "20x30"}),
    ),
    _alert(
        "MetaspaceFull",
        severity="P3",
        means="Classes of jobs fill metaspace, as after many redeployments on one cluster.",
        expr="max by (tm_id) (tm:Status_JVM_Memory_Metaspace_Used / (tm:Status_JVM_Memory_Metaspace_Max > 0)) > 0.9",
        hold="10m",
        keep="10m",
        summary="{{ $value | humanizePercentage }} of the metaspace of TaskManager {{ $labels.tm_id }} are used",
        fires=Case(
            {
                'tm:Status_JVM_Memory_Metaspace_Used{tm_id="a"}': "95x30",
                'tm:Status_JVM_Memory_Metaspace_Max{tm_id="a"}': "100x30",
            },
            labels=(("tm_id", "a"),),
            says="95% of the metaspace of TaskManager a are used",
        ),
        # Without a limit Java says -1.
        quiet=Case(
            {
                'tm:Status_JVM_Memory_Metaspace_Used{tm_id="a"}': "95x30",
                'tm:Status_JVM_Memory_Metaspace_Max{tm_id="a"}': "-1x30",
            }
        ),
    ),
    _alert(
        "FilesOpen",
        severity="P3",
        means="A TaskManager has nearly as many files open as it may.",
        expr="max by (tm_id) (tm:Status_JVM_FileDescriptor_Open / tm:Status_JVM_FileDescriptor_Max) > 0.8",
        hold="10m",
        keep="10m",
        summary="TaskManager {{ $labels.tm_id }} has {{ $value | humanizePercentage }} of the files open that it may",
        fires=Case(
            {
                'tm:Status_JVM_FileDescriptor_Open{tm_id="a"}': "900x30",
                'tm:Status_JVM_FileDescriptor_Max{tm_id="a"}': "1000x30",
            },
            labels=(("tm_id", "a"),),
            says="TaskManager a has 90% of the files open that it may",
        ),
        quiet=Case(
            {
                'tm:Status_JVM_FileDescriptor_Open{tm_id="a"}': "500x30",
                'tm:Status_JVM_FileDescriptor_Max{tm_id="a"}': "1000x30",
            }
        ),
    ),
    _alert(
        "DiskFull",
        severity="P1",
        means="Less than 5 % of a disk are free (node exporter).",
        expr=f"{NODE}{REAL} / {SIZE}{REAL} < 0.05",
        hold="5m",
        keep="10m",
        summary="{{ $value | humanizePercentage }} of {{ $labels.mountpoint }} on {{ $labels.instance }} are free",
        fires=Case(
            {f"{NODE}{{{DISK}}}": "2x30", f"{SIZE}{{{DISK}}}": "100x30"},
            labels=ON_DISK,
            says="2% of /data on tm-1:9100 are free",
        ),
        quiet=Case({f"{NODE}{{{DISK}}}": "20x30", f"{SIZE}{{{DISK}}}": "100x30"}),
        dashboard="millrace-system",
    ),
    _alert(
        "DiskFilling",
        severity="P2",
        means="A disk will be full within a day at the pace of the last six hours (node exporter).",
        expr=f"predict_linear({NODE}{REAL}[6h], 86400) < 0 and {NODE}{REAL} / {SIZE}{REAL} < 0.5",
        hold="30m",
        keep="1h",
        summary="{{ $labels.mountpoint }} on {{ $labels.instance }} will be full within a day",
        fires=Case(
            {f"{NODE}{{{DISK}}}": "40000-450x30", f"{SIZE}{{{DISK}}}": "100000x30"},
            at="390m",
            step="15m",
            labels=ON_DISK,
            says="/data on tm-1:9100 will be full within a day",
        ),
        quiet=Case({f"{NODE}{{{DISK}}}": "40000x30", f"{SIZE}{{{DISK}}}": "100000x30"}, at="390m", step="15m"),
        dashboard="millrace-system",
    ),
)
