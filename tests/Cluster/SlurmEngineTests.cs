using Harness.Cluster;
using Harness.Cluster.Slurm;

namespace Harness.Tests.Cluster;

/// <summary>What the programs of Slurm are told, and what they answer.</summary>
public sealed class SlurmEngineTests
{
    [Test]
    public void Squeue_lists_elements_that_wait_run_and_have_ended()
    {
        // Of Slurm 22.05.8, with --array and --states=all.
        var listed = SlurmQueue.Parse("""
            harness-x-1|1|5|PENDING||Resources
            harness-x-1|1|1|RUNNING|node1|None
            harness-x-1|1|2|NODE_FAIL|node2|NodeDown
            harness-x-1|1|3|CANCELLED|node2|None
            harness-x-1|1|4|COMPLETED|node2|None
            harness-x-2|9|4|NEVER_HEARD_OF||(a | b)

            """);
        Assert.That(listed, Is.EqualTo(new[]
        {
            new QueuedElement("harness-x-1", "1", 5, QueueState.Waiting, "", "PENDING", "Resources"),
            new QueuedElement("harness-x-1", "1", 1, QueueState.Running, "node1", "RUNNING", ""),
            new QueuedElement("harness-x-1", "1", 2, QueueState.Lost, "node2", "NODE_FAIL", "NodeDown"),
            new QueuedElement("harness-x-1", "1", 3, QueueState.Cancelled, "node2", "CANCELLED", ""),
            new QueuedElement("harness-x-1", "1", 4, QueueState.Ended, "node2", "COMPLETED", ""),
            new QueuedElement("harness-x-2", "9", 4, QueueState.Waiting, "", "NEVER_HEARD_OF", "(a | b)"),
        }));
    }

    [TestCase("")]
    [TestCase("squeue: a message of the site\n")]
    [TestCase("name|7|N/A|RUNNING|node1|None\n")]
    [TestCase("name|7|1\n")]
    public void What_is_no_element_of_an_array_is_left_out(string output) =>
        Assert.That(SlurmQueue.Parse(output), Is.Empty);

    [TestCase("42\n", "42")]
    [TestCase("42;cluster\n", "42")]
    [TestCase("a message of the site\n42\n", "42")]
    [TestCase("", null)]
    [TestCase("Submitted batch job 42\n", null)]
    public void Sbatch_names_the_job(string output, string? job) =>
        Assert.That(SlurmEngine.JobOf(output), Is.EqualTo(job));

    [Test]
    public void Where_an_array_is_too_large_for_the_cluster_it_is_said_what_to_do()
    {
        // Of Slurm 22.05.8.
        const string Complaint = "sbatch: error: Batch job submission failed: Invalid job array specification";
        Assert.That(SlurmEngine.Advice(Complaint, 1500), Does.StartWith("The array has elements up to 1500,")
            .And.Contain("MaxArraySize").And.Contain("--shards").And.Contain("--chunk"));
        Assert.That(SlurmEngine.Advice("sbatch: error: Invalid partition", 1500), Is.Null);
    }

    [Test]
    public void Sbatch_is_told_the_elements_and_no_argument_of_the_user_undoes_that()
    {
        var job = ClusterLab.Job(shares: 3) with { EngineArguments = ["--partition=long", "--array=1-999"], Cpus = 2 };
        var arguments = SlurmEngine.Arguments(
            new ElementBatch(job, new ClusterDirectory("/shared/50%"), "harness-x-2", 2, [1, 3])).ToList();
        Assert.That(arguments, Is.EqualTo(new[]
        {
            "--cpus-per-task=2", "--partition=long", "--array=1-999", "--parsable", "--no-requeue",
            "--job-name=harness-x-2", "--array=1,3", "--chdir=/work", "--output=/shared/50%%/cluster/output/%a.2.log",
            "--open-mode=append", "/shared/50%/cluster/element", "/shared/50%", "2", "3", "",
            "/opt/harness", "run", "--only=debian-*",
        }));
    }
}
