using System.Net;
using System.Net.Sockets;
using Betar.Node.Selling;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Selling;

public sealed class TcpServiceTests
{
    private static readonly IPEndPoint s_anyPort = new(IPAddress.Loopback, 0);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_conversation_knows_its_peer_by_address_and_has_the_line_to_itself()
    {
        await using TcpService service = Start(
            (stream, peer, token) => stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(peer), token).AsTask());
        using TcpClient client = await ConnectAsync(service);

        Assert.Equal("/ip4/127.0.0.1", await ReadToEndAsync(client));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_refused_by_its_code()
    {
        await using TcpService first = Start((_, _, _) => Task.CompletedTask);

        var second = TcpService.Start(first.EndPoint, (_, _, _) => Task.CompletedTask, new TcpServiceOptions(), NullLogger.Instance);

        Assert.Equal("BTR-2008", second.Refusal?.Error.Code);
        Assert.Contains($"{first.EndPoint}", second.Refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_at_once_and_its_place_is_free_again_after_the_first()
    {
        var begun = new SemaphoreSlim(0);
        var end = new SemaphoreSlim(0);
        await using TcpService service = Start(
            async (stream, _, token) =>
            {
                begun.Release();
                await end.WaitAsync(token);
                await stream.WriteAsync("done"u8.ToArray(), token);
            },
            new TcpServiceOptions { MaxConnectionsPerAddress = 1 });
        using TcpClient first = await ConnectAsync(service);
        await begun.WaitAsync(s_patience);

        using TcpClient tooMany = await ConnectAsync(service);
        Assert.Equal("", await ReadToEndAsync(tooMany));

        end.Release();
        Assert.Equal("done", await ReadToEndAsync(first));
        using TcpClient next = await ConnectAsync(service);
        await begun.WaitAsync(s_patience);
        end.Release();
        Assert.Equal("done", await ReadToEndAsync(next));
    }

    [Fact]
    public async Task A_conversation_that_fails_ends_alone()
    {
        int count = 0;
        await using TcpService service = Start((stream, _, token) => Interlocked.Increment(ref count) == 1
            ? throw new InvalidOperationException("A bug.")
            : stream.WriteAsync("well"u8.ToArray(), token).AsTask());

        using TcpClient unlucky = await ConnectAsync(service);
        Assert.Equal("", await ReadToEndAsync(unlucky));
        using TcpClient lucky = await ConnectAsync(service);
        Assert.Equal("well", await ReadToEndAsync(lucky));
    }

    [Fact]
    public async Task Its_end_breaks_off_conversations_and_waits_for_them()
    {
        var begun = new TaskCompletionSource();
        bool ended = false;
        TcpService service = Start(async (_, _, token) =>
        {
            begun.SetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
            finally
            {
                await Task.Yield();
                ended = true;
            }
        });
        IPEndPoint address = service.EndPoint;
        using TcpClient client = await ConnectAsync(service);
        await begun.Task.WaitAsync(s_patience);

        await service.DisposeAsync();

        Assert.True(ended);
        using var late = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => late.ConnectAsync(address));
    }

    private static TcpService Start(TcpService.Conversation conversation, TcpServiceOptions? options = null) =>
        TcpService.Start(s_anyPort, conversation, options ?? new TcpServiceOptions(), NullLogger.Instance).OrThrow();

    private static async Task<TcpClient> ConnectAsync(TcpService service)
    {
        var client = new TcpClient();
        await client.ConnectAsync(service.EndPoint);
        return client;
    }

    /// <summary>What the other side said until it closed, or broke off.</summary>
    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream());
        try
        {
            return await reader.ReadToEndAsync().WaitAsync(s_patience);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
