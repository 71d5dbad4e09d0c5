using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Betar.Grains.Buying;
using Betar.X402.Calling;
using Betar.X402.Protocol;

namespace Betar.Node.Selling;

/// <summary>Reaches sellers over TCP and keeps idle connections for the next exchange.</summary>
internal sealed class TcpSellerChannel(X402ClientOptions options, TimeProvider time) : ISellerChannel, IDisposable
{
    /// <summary>Idle connections kept per seller; more are closed.</summary>
    public const int MaxIdlePerSeller = 128;

    private readonly ConcurrentDictionary<string, ConcurrentBag<Line>> _idle = new(StringComparer.Ordinal);

    public ValueTask<SellerAnswer> RequestAsync(string seller, X402Request request, CancellationToken cancellationToken) =>
        ExchangeAsync(seller, line => line.Client.RequestAsync(request, cancellationToken), cancellationToken);

    public ValueTask<SellerAnswer> PayAsync(string seller, PaidRequest request, CancellationToken cancellationToken) =>
        ExchangeAsync(seller, line => line.Client.PayAsync(request, cancellationToken), cancellationToken);

    public void Dispose()
    {
        foreach (ConcurrentBag<Line> lines in _idle.Values)
            while (lines.TryTake(out Line? line))
                line.Dispose();
    }

    private async ValueTask<SellerAnswer> ExchangeAsync(
        string seller, Func<Line, Task<ExchangeOutcome>> exchange, CancellationToken cancellationToken)
    {
        ConcurrentBag<Line> idle = _idle.GetOrAdd(seller, static _ => []);
        while (true)
        {
            bool kept = idle.TryTake(out Line? line);
            try
            {
                line ??= await Line.OpenAsync(seller, options, time, cancellationToken);
            }
            catch (Exception fault) when (fault is SocketException or FormatException)
            {
                return new SellerAnswer(null, $"The seller at {seller} cannot be reached ({fault.Message}).");
            }

            ExchangeOutcome outcome = await exchange(line);
            if (outcome.HasReply && idle.Count < MaxIdlePerSeller)
                idle.Add(line);
            else
                line.Dispose();

            // A kept connection may have been closed by the seller long ago; asking again is safe for both kinds of message.
            if (kept && outcome.Failure == ExchangeFailure.Disconnected)
                continue;
            return new SellerAnswer(outcome.Reply, outcome.HasReply ? "" : $"No answer: {outcome.Failure}.");
        }
    }

    private sealed class Line(TcpClient socket, X402StreamClient client) : IDisposable
    {
        public X402StreamClient Client { get; } = client;

        public static async Task<Line> OpenAsync(string seller, X402ClientOptions options, TimeProvider time, CancellationToken cancellationToken)
        {
            var socket = new TcpClient { NoDelay = true };
            try
            {
                await socket.ConnectAsync(IPEndPoint.Parse(seller), cancellationToken);
                return new Line(socket, new X402StreamClient(socket.GetStream(), options, time));
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        public void Dispose()
        {
            Client.Dispose();
            socket.Dispose();
        }
    }
}
