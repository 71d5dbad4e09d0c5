using Betar.Agents.Processes;
using Betar.Agents.Tests.Support;

namespace Betar.Agents.Tests.Processes;

/// <summary>The files that the kernel would read; a folder of the test stands in for its file system.</summary>
public sealed class ControlGroupTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_folder_there_is_no_group() => Assert.Null(ControlGroup.Create("", 64));

    [Fact]
    public void A_group_limits_memory_and_processes()
    {
        using ControlGroup group = ControlGroup.Create(_folder.Path, 64)!;

        Assert.Equal("67108864", Read(group, "memory.max"));
        Assert.Equal("0", Read(group, "memory.swap.max"));
        Assert.Equal("512", Read(group, "pids.max"));
    }

    [Fact]
    public void Without_a_limit_of_memory_none_is_set()
    {
        using ControlGroup group = ControlGroup.Create(_folder.Path, 0)!;

        Assert.False(File.Exists(Path.Combine(group.Folder, "memory.max")));
    }

    [Fact]
    public void Killing_is_one_write()
    {
        using ControlGroup group = ControlGroup.Create(_folder.Path, 64)!;
        group.Kill();

        Assert.Equal("1", Read(group, "cgroup.kill"));
    }

    [Fact]
    public async Task A_program_enters_its_group_before_it_runs()
    {
        var factory = new ExecutorFactory(new ExecutorOptions { ControlGroups = _folder.Path });
        IExecutor executor = factory.Create(new("process", "", """{ "command": ["/bin/sh", "-c", "echo $$"] }"""))!;
        string process = (await executor.RunAsync("")).Text;

        string group = Assert.Single(Directory.GetDirectories(_folder.Path));
        Assert.Equal(process, (await File.ReadAllTextAsync(Path.Combine(group, "cgroup.procs"))).Trim());
        Assert.Equal("1", await File.ReadAllTextAsync(Path.Combine(group, "cgroup.kill")));
    }

    private static string Read(ControlGroup group, string file) => File.ReadAllText(Path.Combine(group.Folder, file));
}
