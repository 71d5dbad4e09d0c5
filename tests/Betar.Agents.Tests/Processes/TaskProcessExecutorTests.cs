using System.Globalization;
using System.Text.Json;
using Betar.Agents.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Agents.Tests.Processes;

public sealed class TaskProcessExecutorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("$(touch evil); `touch evil` && touch evil | touch evil > evil\n'\"", "$(touch evil); `touch evil` && touch evil | touch evil > evil\n'\"")]
    [InlineData("", "")]
    public async Task The_task_is_input_and_nothing_else(string input, string output)
    {
        ExecutionOutcome outcome = await Make("cat").RunAsync(input);

        Assert.Equal((output, ""), (outcome.Text, outcome.Code));
        Assert.False(File.Exists(_folder.File("evil")));
    }

    [Fact]
    public async Task Arguments_are_handed_on_as_they_are()
    {
        IExecutor executor = Executors.Make("process", """{ "command": ["/bin/sh", "-c", "printf %s \"$1|$2\"", "x", "a b;$(id)", "*"] }""");

        Assert.Equal("a b;$(id)|*", (await executor.RunAsync("")).Text);
    }

    [Theory]
    [InlineData("exit 3", "code 3")]
    [InlineData("kill -9 $$", "code 137")]
    public async Task A_program_that_fails_is_a_failure(string script, string reason)
    {
        ExecutionOutcome outcome = await Make(script).RunAsync("task");

        Assert.Equal(ExecutionCodes.ProcessFailed, outcome.Code);
        Assert.Contains(reason, outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_failure()
    {
        ExecutionOutcome outcome = await Executors.Make("process", """{ "command": ["/no/such/program"] }""").RunAsync("task");

        Assert.Equal(ExecutionCodes.ProcessFailed, outcome.Code);
        Assert.Contains("not there", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_working_folder_that_is_not_there_is_a_failure() => Assert.Equal(
        ExecutionCodes.ProcessFailed, (await Executors.Make("process", """{ "command": ["/bin/cat"], "workingFolder": "/no/such/folder" }""").RunAsync("task")).Code);

    [Fact]
    public async Task A_program_need_not_read_its_task() =>
        Assert.Equal("done", (await Make("exec 0<&-; echo done").RunAsync(new string('x', 60_000))).Text);

    [Fact]
    public async Task What_it_complains_about_does_not_stop_it_and_is_no_output() =>
        Assert.Equal("done", (await Make("head -c 300000 /dev/zero >&2; echo done").RunAsync("")).Text);

    [Fact]
    public async Task Output_over_the_limit_ends_it()
    {
        Assert.Equal("12345", (await Make("printf 12345", """, "maxOutputBytes": 5 """).RunAsync("")).Text);
        Assert.Equal(ExecutionCodes.LimitReached, (await Make("printf 123456", """, "maxOutputBytes": 5 """).RunAsync("")).Code);
        Assert.Equal(ExecutionCodes.LimitReached, (await Make("cat /dev/zero", """, "maxOutputBytes": 5 """).RunAsync("")).Code);
    }

    [Fact]
    public async Task Output_that_is_no_text_is_refused() =>
        Assert.Equal(ExecutionCodes.OutputInvalid, (await Make("printf '\\377\\376'").RunAsync("")).Code);

    [Fact]
    public async Task It_inherits_only_what_is_named()
    {
        Environment.SetEnvironmentVariable("BETAR_TEST_SECRET", "leak");
        string output = (await Make("env", """, "inherit": ["PATH"], "environment": { "GIVEN": "env:G" } """, new ExecutorTools { Secrets = new TestSecrets(("env:G", "given")) }).RunAsync("")).Text;

        Assert.Contains("GIVEN=given", output, StringComparison.Ordinal);
        Assert.Contains("PATH=", output, StringComparison.Ordinal);
        Assert.DoesNotContain("BETAR_TEST_SECRET", output, StringComparison.Ordinal);
        Assert.DoesNotContain("HOME=", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_not_there_starts_nothing() => Assert.Equal(
        ExecutionCodes.SecretMissing, (await Make("echo done", """, "environment": { "A": "env:A" } """, new ExecutorTools { Secrets = new TestSecrets() }).RunAsync("")).Code);

    [Fact]
    public async Task Its_own_folder_is_empty_and_goes_with_it()
    {
        string folder = (await Executors.Make("process", """{ "command": ["/bin/sh", "-c", "touch left; pwd; ls"] }""").RunAsync("")).Text;

        Assert.EndsWith("\nleft", folder, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Split('\n')[0]));
    }

    [Fact]
    public async Task A_given_folder_is_used_and_stays()
    {
        Assert.Equal(_folder.Path, (await Make("pwd").RunAsync("")).Text);
        Assert.True(Directory.Exists(_folder.Path));
    }

    [Fact(Timeout = 20_000)]
    public async Task At_the_deadline_it_is_killed_with_its_children()
    {
        var time = new ManualTime();
        ValueTask<ExecutionOutcome> running = Make("sleep 1000 & echo $! > child; echo $$ > leader.new; mv leader.new leader; wait", """, "timeoutSeconds": 5 """, new ExecutorTools { Time = time }).RunAsync("");
        int leader = await PidAsync("leader"), child = await PidAsync("child");
        Assert.True(Alive.Is(child));

        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(ExecutionCodes.TimedOut, (await running).Code);
        await Alive.UntilGoneAsync(leader);
        await Alive.UntilGoneAsync(child);
    }

    [Fact(Timeout = 20_000)]
    public async Task When_the_caller_leaves_it_is_killed()
    {
        using var caller = new CancellationTokenSource();
        ValueTask<ExecutionOutcome> running = Make("echo $$ > leader.new; mv leader.new leader; sleep 1000").RunAsync("", caller.Token);
        int leader = await PidAsync("leader");

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await running);
        await Alive.UntilGoneAsync(leader);
    }

    [Theory(Timeout = 20_000)]
    [InlineData("sleep 1000 & echo $! > child; echo done")]
    [InlineData("(sleep 1000 & echo $! > child); echo done")]
    [InlineData("setsid sh -c 'echo $$ > child; exec sleep 1000' & while [ ! -s child ]; do :; done; echo done")]
    public async Task What_it_leaves_behind_ends_with_it_and_holds_nothing_up(string script)
    {
        Assert.Equal("done", (await Make(script).RunAsync("")).Text);

        await Alive.UntilGoneAsync(await PidAsync("child"));
    }

    [Fact]
    public async Task Processor_time_has_a_limit()
    {
        ExecutionOutcome outcome = await Make("while :; do :; done", """, "cpuSeconds": 1 """).RunAsync("");

        Assert.Equal(ExecutionCodes.ProcessFailed, outcome.Code);
        Assert.Contains("ended, as one that passes a limit", outcome.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16, false)]
    [InlineData(0, true)]
    [InlineData(256, true)]
    public async Task Memory_has_a_limit(int megabytes, bool fits)
    {
        // dd takes its block as memory.
        ExecutionOutcome outcome = await Make("dd if=/dev/zero of=/dev/null bs=64M count=1 2>/dev/null && echo done", $$""", "memoryMegabytes": {{megabytes}} """).RunAsync("");

        Assert.Equal(fits, outcome.Succeeded);
    }

    private IExecutor Make(string script, string more = "", ExecutorTools? tools = null) => Executors.Make(
        "process", $$"""{ "command": [{{JsonSerializer.Serialize(_folder.Script(script))}}], "workingFolder": "{{_folder.Path}}" {{more}} }""", tools);

    private async Task<int> PidAsync(string name)
    {
        for (string text = ""; ; await Task.Yield())
        {
            if (File.Exists(_folder.File(name)))
                text = await File.ReadAllTextAsync(_folder.File(name));
            if (text.EndsWith('\n'))
                return int.Parse(text, CultureInfo.InvariantCulture);
        }
    }
}
