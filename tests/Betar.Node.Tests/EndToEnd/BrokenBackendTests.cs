using System.Net;
using System.Net.Sockets;
using System.Text;
using Betar.Node.Tests.Crash;
using Betar.X402.Protocol;

namespace Betar.Node.Tests.EndToEnd;

/// <summary>The real executable, whose agents' models and tools fail while they are paid: the money goes back, and the node goes on.</summary>
public sealed class BrokenBackendTests
{
    private const string Garbage = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"nope\"";
    private const string TooMany = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n";

    [Fact]
    public Task A_model_that_is_asked_too_much() => IsPaidBackAsync(TooMany);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("")]
    [InlineData(Garbage)]
    public Task A_model_that_hangs_or_says_garbage(string answer) => IsPaidBackAsync(answer);

    [Fact]
    public Task An_mcp_server_that_dies() => IsPaidBackAsync(
        """
        agents:
          - name: broken
            price: 0.001
            executor:
              mcp: { command: [sh, -c, "read line; exit 1"], tool: t, textArgument: text, timeoutSeconds: 5 }
        """, "broken");

    /// <param name="answer">What the model's endpoint says to every question; nothing: it never says anything.</param>
    private static async Task IsPaidBackAsync(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync(listener, answer);
        await IsPaidBackAsync(
            $$"""
            agents:
              - name: broken
                price: 0.001
                executor:
                  llm: { baseUrl: "http://{{listener.LocalEndpoint}}/v1", model: m, timeoutSeconds: 1, retries: 1, allowPrivate: true }
            """, "broken");
        listener.Stop();
        await serving;
    }

    private static async Task IsPaidBackAsync(string agents, string agent)
    {
        await using var world = new CrashWorld();
        await File.WriteAllTextAsync(Path.Combine(world.Data, "agents.yaml"), agents);
        await using RunningNode node = await world.StartAsync(null);
        await world.Buyer.PrepareAsync(node.Address, node.Agents[agent], "hello");

        X402Reply end = await world.Buyer.PayToTheEndAsync(node.Address);

        var error = Assert.IsType<X402Error>(end);
        Assert.Equal(StreamErrorCode.ExecutionFailed, error.Code);
        Assert.Contains("refunded in 0x", error.Message, StringComparison.Ordinal);
        await node.StopAsync();
        await world.HoldsAsync(delivered: 0, refunded: 1_000);
    }

    private static async Task ServeAsync(TcpListener listener, string answer)
    {
        List<TcpClient> callers = [];
        try
        {
            while (true)
            {
                TcpClient caller = await listener.AcceptTcpClientAsync();
                callers.Add(caller);
                byte[] question = new byte[64 * 1024];
                _ = await caller.GetStream().ReadAsync(question);
                if (answer.Length > 0)
                {
                    await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
                    caller.Dispose();
                }
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or IOException)
        {
            // The listener was stopped, or who asked is gone.
        }
        finally
        {
            callers.ForEach(caller => caller.Dispose());
        }
    }
}
