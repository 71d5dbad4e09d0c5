using System.Text.Json;
using Betar.Agents.Hiring;
using Betar.Agents.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Agents.Tests.Processes;

public sealed class WorkerExecutorTests : IDisposable
{
    /// <summary>Reads a line and finds its number, which stands first.</summary>
    private const string Next = "read -r line || exit 0; id=${line#*:}; id=${id%%,*}";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_worker_does_many_tasks()
    {
        IExecutor executor = Make($$"""while :; do {{Next}}; printf '{"id":%s,"output":"%s"}\n' "$id" "$$"; done""");
        string first = (await executor.RunAsync("1")).Text, second = (await executor.RunAsync("2")).Text;

        Assert.Equal(first, second);
        await executor.DropAsync();
        await Alive.UntilGoneAsync(int.Parse(first, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Answers_may_come_in_any_order()
    {
        IExecutor executor = Make($$"""{{Next}}; a=$id; {{Next}}; printf '{"id":%s,"output":"second"}\n{"id":%s,"output":"first"}\n' "$id" "$a"; read -r line""");
        ValueTask<ExecutionOutcome> first = executor.RunAsync("1");

        Assert.Equal("second", (await executor.RunAsync("2")).Text);
        Assert.Equal("first", (await first).Text);
        await executor.DropAsync();
    }

    [Fact]
    public async Task A_worker_gets_the_task_as_data_with_its_memory()
    {
        IExecutor executor = Make($$"""{{Next}}; printf '%s' "$line" > got; printf '{"id":%s,"output":"ok"}\n' "$id"; read -r line""");
        await executor.ExecuteAsync(new ExecutionRequest("a\n{\"id\":9}", "c") { Memory = [new ConversationTurn("q", "a")] }, CancellationToken.None);

        using JsonDocument got = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.File("got")));
        Assert.Equal("a\n{\"id\":9}", got.RootElement.GetProperty("input").GetString());
        Assert.Equal("q", got.RootElement.GetProperty("memory")[0].GetProperty("input").GetString());
        Assert.False(got.RootElement.GetProperty("market").GetBoolean());
        await executor.DropAsync();
    }

    [Fact]
    public async Task A_workers_error_is_the_reason()
    {
        IExecutor executor = Make($$"""{{Next}}; printf '{"id":%s,"error":"No such city."}\n' "$id"; read -r line""");

        ExecutionOutcome outcome = await executor.RunAsync("1");
        Assert.Equal((ExecutionCodes.Failed, "No such city."), (outcome.Code, outcome.Text));
        await executor.DropAsync();
    }

    [Fact]
    public async Task Pieces_reach_who_listens()
    {
        IExecutor executor = Make($$"""{{Next}}; printf '{"id":%s,"partial":"a"}\n{"id":%s,"partial":"b"}\n{"id":%s,"output":"ab"}\n' "$id" "$id" "$id"; read -r line""");
        List<string> pieces = [];

        ExecutionOutcome outcome = await executor.ExecuteAsync(new ExecutionRequest("1", "c")
        {
            Partial = piece =>
            {
                pieces.Add(piece);
                return ValueTask.CompletedTask;
            },
        }, CancellationToken.None);
        Assert.Equal("ab", outcome.Text);
        Assert.Equal(["a", "b"], pieces);
        await executor.DropAsync();
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("echo garbage; sleep 1000")]
    [InlineData("echo '{\"id\":\"1\",\"output\":\"x\"}'; sleep 1000")]
    [InlineData("printf '{\"id\":1,\"output\":\"half'; exit 0")]
    [InlineData("head -c 2000 /dev/zero; sleep 1000")]
    public async Task A_worker_that_ends_or_breaks_the_rules_fails_its_task_and_the_next_one_gets_another(string first)
    {
        IExecutor executor = Make($$"""{{Next}}; if [ ! -e once ]; then touch once; {{first}}; else printf '{"id":%s,"output":"ok"}\n' "$id"; read -r line; fi""", """, "maxOutputBytes": 1000 """);

        Assert.Equal(ExecutionCodes.ProcessFailed, (await executor.RunAsync("1")).Code);
        Assert.Equal("ok", (await executor.RunAsync("2")).Text);
        await executor.DropAsync();
    }

    [Fact]
    public async Task A_worker_that_is_not_there_is_a_failure() => Assert.Equal(
        ExecutionCodes.ProcessFailed, (await Executors.Make("process", """{ "command": ["/no/such/program"], "mode": "worker" }""").RunAsync("task")).Code);

    [Fact(Timeout = 20_000)]
    public async Task A_worker_that_is_silent_three_times_is_replaced()
    {
        var time = new ManualTime();
        IExecutor executor = Make($$"""echo $$ >> started; while :; do {{Next}}; case "$line" in *cancel*) ;; *) echo x >> got;; esac; done""", """, "timeoutSeconds": 5 """, new ExecutorTools { Time = time });
        for (int round = 1; round <= 4; round++)
        {
            ValueTask<ExecutionOutcome> running = executor.RunAsync("1");
            while (Lines("got") < round)
                await Task.Yield();
            time.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(ExecutionCodes.TimedOut, (await running).Code);
        }

        Assert.Equal(2, Lines("started"));
        await executor.DropAsync();
    }

    [Fact]
    public async Task A_worker_may_hire_when_its_agent_may()
    {
        string script = $$$"""
            {{{Next}}}; printf '{"id":%s,"call":1,"method":"market.buy","params":{"agent":"did:other","input":"sub"}}\n' "$id"
            read -r line; printf '%s' "$line" > answer; printf '{"id":%s,"output":"ok"}\n' "$id"; read -r line
            """;
        var market = new TestMarket { Bought = new HireOutcome("sub done", "5", "payment-1") };
        IExecutor executor = Make(script);
        await executor.ExecuteAsync(new ExecutionRequest("1", "c") { Market = market }, CancellationToken.None);

        Assert.Equal([("did:other", "sub")], market.Purchases);
        using JsonDocument answer = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.File("answer")));
        Assert.Equal("sub done", answer.RootElement.GetProperty("result").GetProperty("output").GetString());
        await executor.DropAsync();
    }

    [Fact]
    public async Task A_worker_whose_agent_may_not_hire_is_told_so()
    {
        string script = $$$"""
            {{{Next}}}; printf '{"id":%s,"call":1,"method":"market.search","params":{"text":"a"}}\n' "$id"
            read -r line; printf '%s' "$line" > answer; printf '{"id":%s,"output":"ok"}\n' "$id"; read -r line
            """;
        IExecutor executor = Make(script);
        await executor.RunAsync("1");

        Assert.Contains("may not hire", await File.ReadAllTextAsync(_folder.File("answer")), StringComparison.Ordinal);
        await executor.DropAsync();
    }

    private int Lines(string name) => File.Exists(_folder.File(name)) ? File.ReadAllLines(_folder.File(name)).Length : 0;

    private IExecutor Make(string script, string more = "", ExecutorTools? tools = null) => Executors.Make(
        "process", $$"""{ "command": [{{JsonSerializer.Serialize(_folder.Script(script))}}], "mode": "worker", "workingFolder": "{{_folder.Path}}" {{more}} }""", tools);
}
