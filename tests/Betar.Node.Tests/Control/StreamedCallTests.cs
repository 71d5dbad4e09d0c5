using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Control;

/// <summary>Pieces of an answer over the control socket.</summary>
public sealed class StreamedCallTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Pieces_come_before_the_answer()
    {
        var gate = new TaskCompletionSource();
        await using ControlServer server = await StartAsync(async (arguments, partial, _) =>
        {
            await partial("one ");
            await gate.Task;
            await partial("two\n\ud83d\ude00");
            return ControlAnswer.Json(writer => writer.WriteStringValue(arguments.GetProperty("a").GetString() + "!"));
        });
        var (pieces, first) = (new List<string>(), new TaskCompletionSource());
        using ControlClient client = Client();

        Task<Checked<JsonElement>> asking = client.StreamAsync("x", writer => writer.WriteString("a", "b"), piece =>
        {
            pieces.Add(piece);
            first.TrySetResult();
            return ValueTask.CompletedTask;
        }, CancellationToken.None);
        await first.Task;
        Assert.False(asking.IsCompleted);
        gate.SetResult();

        Assert.Equal("b!", (await asking).Value.GetString());
        Assert.Equal(["one ", "two\n😀"], pieces);
    }

    [Fact]
    public async Task A_refusal_after_pieces_is_a_refusal()
    {
        await using ControlServer server = await StartAsync(async (_, partial, _) =>
        {
            await partial("half");
            return ControlAnswer.Refused(ErrorCatalog.UnknownAgent.Refuse("Nobody sells x"));
        });

        Assert.Equal(("BTR-4001", "Nobody sells x"), Said(await AskAsync("x")));
    }

    [Fact]
    public async Task A_method_that_breaks_after_pieces_has_a_code()
    {
        await using ControlServer server = await StartAsync(async (_, partial, _) =>
        {
            await partial("half");
            throw new InvalidOperationException("secret");
        });

        CliRefusal? refusal = (await AskAsync("x")).Refusal;

        Assert.NotNull(refusal);
        Assert.Equal(ErrorCatalog.Unexpected.Code, refusal.Error.Code);
    }

    [Fact]
    public async Task A_method_without_pieces_answers_whole_and_one_that_is_none_is_refused()
    {
        await using ControlServer server = await StartAsync(null);

        Assert.Equal("whole", (await AskAsync("x")).Value.GetString());
        Assert.Equal("BTR-1001", Said(await AskAsync("y")).Code);
    }

    [Fact]
    public async Task Who_wants_no_pieces_gets_none()
    {
        await using ControlServer server = await StartAsync((_, _, _) => throw new InvalidOperationException("never reached"));
        using ControlClient client = Client();

        Assert.Equal("whole", (await client.CallAsync("x", null, CancellationToken.None)).Value.GetString());
    }

    [Fact]
    public async Task Who_hangs_up_ends_the_work()
    {
        var ended = new TaskCompletionSource();
        await using ControlServer server = await StartAsync(async (_, partial, cancellation) =>
        {
            await using CancellationTokenRegistration heard = cancellation.Register(ended.SetResult);
            await partial("half");
            await ended.Task;
            throw new OperationCanceledException(cancellation);
        });
        using ControlClient client = Client();
        using var leaving = new CancellationTokenSource();

        Task<Checked<JsonElement>> asking = client.StreamAsync("x", null, async _ => await leaving.CancelAsync(), leaving.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("event: partial\ndata: {\"text\":\"x\"}\n\n")]
    [InlineData("event: result\ndata: <html>\n\n")]
    [InlineData("data: 7\n\n")]
    [InlineData("")]
    public async Task Events_that_end_without_an_answer_are_no_answer(string events)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_temp.Data.Socket));
        listener.Listen();
        Task answering = AnswerAsync(listener, $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n{events}");

        Assert.Equal("BTR-2011", Said(await AskAsync("x")).Code);
        await answering;
    }

    [Fact]
    public async Task A_node_that_says_nothing_any_more_is_left_when_the_time_is_over()
    {
        await using ControlServer server = await StartAsync(async (_, partial, cancellation) =>
        {
            await partial("half");
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return ControlAnswer.Json(writer => writer.WriteNullValue());
        });
        using var client = new ControlClient(_temp.Data, TimeSpan.FromMilliseconds(200));

        Assert.Equal("BTR-2011", Said(await client.StreamAsync("x", null, _ => ValueTask.CompletedTask, CancellationToken.None)).Code);
    }

    private static (string? Code, string? Detail) Said(Checked<JsonElement> answer) => (answer.Refusal?.Error.Code, answer.Refusal?.Detail);

    private static async Task AnswerAsync(Socket listener, string answer)
    {
        using Socket caller = await listener.AcceptAsync();
        await caller.ReceiveAsync(new byte[65536]);
        await caller.SendAsync(Encoding.UTF8.GetBytes(answer));
        caller.Shutdown(SocketShutdown.Both);
    }

    private ControlClient Client() => new(_temp.Data, TimeSpan.FromSeconds(30));

    private async Task<Checked<JsonElement>> AskAsync(string method)
    {
        using ControlClient client = Client();
        return await client.StreamAsync(method, null, _ => ValueTask.CompletedTask, CancellationToken.None);
    }

    private async Task<ControlServer> StartAsync(StreamedHandler? inPieces) => (await ControlServer.StartAsync(
        _temp.Data,
        new Dictionary<string, ControlHandler> { ["x"] = (_, _) => Task.FromResult(ControlAnswer.Json(writer => writer.WriteStringValue("whole"))) },
        NullLogger<ControlServer>.Instance, CancellationToken.None, inPieces is null ? null : new Dictionary<string, StreamedHandler> { ["x"] = inPieces })).OrThrow();
}
