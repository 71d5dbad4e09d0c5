using System.Collections.Concurrent;
using System.Globalization;
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
        List<string> head = [];
        while (await LineAsync(stream) is { Length: > 0 } line)
            head.Add(line);
        if (head.Count == 0)
            return null;
        var bare = new HttpExchange(string.Join("\r\n", head), [], stream);
        if (bare.Header("Transfer-Encoding") is null)
            return bare with { Body = await BytesAsync(stream, int.Parse(bare.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture)) };

        List<byte> body = [];
        for (int size; (size = int.Parse(await LineAsync(stream) ?? "0", NumberStyles.HexNumber, CultureInfo.InvariantCulture)) > 0; await LineAsync(stream))
            body.AddRange(await BytesAsync(stream, size));
        await LineAsync(stream);
        return bare with { Body = [.. body] };
    }

    private async Task<string?> LineAsync(NetworkStream stream)
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) > 0)
        {
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
        return null;
    }

    private async Task<byte[]> BytesAsync(NetworkStream stream, int count)
    {
        byte[] bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, _stop.Token);
        return bytes;
    }
}
