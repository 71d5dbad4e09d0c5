using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Betar.Agents.Tests.Support;

/// <summary>A web server of the test on a port that the system gives: one request a connection, answered by what the test says.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<HttpExchange, Task> _answer;
    private readonly Task _accepting;

    public LoopbackServer(Func<HttpExchange, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public ConcurrentQueue<HttpExchange> Requests { get; } = [];

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}/run";

    public static LoopbackServer Always(int status, string body, string contentType = "application/json", string more = "") =>
        new(exchange => exchange.AnswerAsync(status, body, contentType, more));

    /// <summary>Answers the first request with the first, and so on; the last one again and again.</summary>
    public static LoopbackServer InTurn(params (int Status, string Body, string More)[] answers)
    {
        int next = 0;
        return new LoopbackServer(exchange =>
        {
            (int status, string body, string more) = answers[Math.Min(next++, answers.Length - 1)];
            return exchange.AnswerAsync(status, body, more: more);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> open = [];
        try
        {
            while (true)
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
            try
            {
                NetworkStream stream = client.GetStream();
                if (await ReadAsync(stream) is { } exchange)
                {
                    Requests.Enqueue(exchange);
                    await _answer(exchange).WaitAsync(_stop.Token);
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The client hung up, or the test is over.
            }
    }

    private async Task<HttpExchange?> ReadAsync(NetworkStream stream)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (!(head.Count > 3 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n'))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            head.Add(one[0]);
        }
        string text = Encoding.ASCII.GetString([.. head]);
        var bare = new HttpExchange(text, [], stream);
        byte[] body = new byte[int.Parse(bare.Header("Content-Length") ?? "0", System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return bare with { Body = body };
    }
}
