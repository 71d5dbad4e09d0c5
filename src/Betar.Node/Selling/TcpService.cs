using System.Net;
using System.Net.Sockets;
using Betar.Node.Errors;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Selling;

/// <summary>
/// Listens on one TCP port and hands every connection to a conversation. It stands where libp2p streams will: the peer is
/// known by its address only.
/// </summary>
internal sealed partial class TcpService : IAsyncDisposable
{
    public delegate Task Conversation(Stream stream, string peer, CancellationToken cancellationToken);

    private readonly TcpListener _listener;
    private readonly Conversation _conversation;
    private readonly ConnectionQuota _quota;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Task> _open = [];
    private readonly Lock _gate = new();
    private readonly Task _accepting;

    private TcpService(TcpListener listener, Conversation conversation, TcpServiceOptions options, ILogger log)
    {
        _listener = listener;
        _conversation = conversation;
        _quota = new ConnectionQuota(options);
        _log = log;
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public static Checked<TcpService> Start(IPEndPoint endPoint, Conversation conversation, TcpServiceOptions options, ILogger log)
    {
        var listener = new TcpListener(endPoint);
        try
        {
            listener.Start();
        }
        catch (SocketException fault)
        {
            listener.Dispose();
            return ErrorCatalog.PortTaken.Refuse($"The address {endPoint} cannot be listened on ({fault.Message})") with { Cause = fault };
        }
        return new TcpService(listener, conversation, options, log);
    }

    /// <summary>Stops accepting, ends the conversations, and waits for them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        Task[] open;
        lock (_gate)
            open = [.. _open];
        await Task.WhenAll(open);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException fault)
            {
                // A peer that left before it was accepted, or no descriptors left: neither may end the service.
                LogAcceptFailed(_log, fault);
                continue;
            }
            Track(ServeAsync(client));
        }
    }

    private void Track(Task conversation)
    {
        lock (_gate)
            _open.Add(conversation);
        _ = conversation.ContinueWith(Untrack, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Untrack(Task conversation)
    {
        lock (_gate)
            _open.Remove(conversation);
    }

    private async Task ServeAsync(TcpClient client)
    {
        await Task.Yield();
        using (client)
        {
            IPAddress remote = ((IPEndPoint)client.Client.RemoteEndPoint!).Address;
            if (!_quota.TryEnter(remote))
            {
                LogFull(_log, remote);
                return;
            }
            try
            {
                client.NoDelay = true;
                await _conversation(client.GetStream(), PeerOf(remote), _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // The service stops; what was paid is stored and can be asked for again.
            }
            catch (Exception fault)
            {
                // One conversation's bug ends that conversation only.
                LogConversationFailed(_log, fault, remote);
            }
            finally
            {
                _quota.Leave(remote);
            }
        }
    }

    private static string PeerOf(IPAddress remote) => remote.AddressFamily == AddressFamily.InterNetworkV6 && !remote.IsIPv4MappedToIPv6
        ? $"/ip6/{remote}"
        : $"/ip4/{remote.MapToIPv4()}";
}
