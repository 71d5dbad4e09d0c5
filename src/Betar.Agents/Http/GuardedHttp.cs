using System.Net;
using System.Net.Sockets;
using Betar.Agents.Limits;

namespace Betar.Agents.Http;

/// <summary>
/// HTTP that cannot be led astray: the address that is connected is the one that was checked, whatever the name means a moment
/// later; redirects are not followed, proxies not used, cookies not kept.
/// </summary>
internal sealed class GuardedHttp : IDisposable
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly Lazy<SocketsHttpHandler> _open;
    private readonly Lazy<SocketsHttpHandler> _any;
    private readonly Lazy<HttpClient> _openClient;
    private readonly Lazy<HttpClient> _anyClient;

    /// <param name="resolve">What a name means; null: the machine's resolver.</param>
    public GuardedHttp(Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        _resolve = resolve ?? Dns.GetHostAddressesAsync;
        _open = new Lazy<SocketsHttpHandler>(() => Create(AddressGuard.IsOpen));
        _any = new Lazy<SocketsHttpHandler>(() => Create(_ => true));
        _openClient = new Lazy<HttpClient>(() => Over(_open.Value));
        _anyClient = new Lazy<HttpClient>(() => Over(_any.Value));
    }

    public HttpClient Client(bool allowPrivate) => (allowPrivate ? _anyClient : _openClient).Value;

    /// <summary>For whoever reads answers without counting; one that is larger fails with the code.</summary>
    public HttpClient Bounded(bool allowPrivate, int maxAnswerBytes, string code) =>
        Over(new BoundedAnswers((allowPrivate ? _any : _open).Value, maxAnswerBytes, code));

    public void Dispose()
    {
        foreach (Lazy<SocketsHttpHandler> handler in new[] { _open, _any })
            if (handler.IsValueCreated)
                handler.Value.Dispose();
    }

    /// <summary>Every call has a deadline of its own.</summary>
    private static HttpClient Over(HttpMessageHandler handler) => new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    private SocketsHttpHandler Create(Func<IPAddress, bool> mayConnect) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 32,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, mayConnect, cancellation),
    };

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint to, Func<IPAddress, bool> mayConnect, CancellationToken cancellationToken)
    {
        IPAddress[] found = IPAddress.TryParse(to.Host, out IPAddress? literal) ? [literal] : await _resolve(to.Host, cancellationToken);
        IPAddress[] addresses = [.. found.Where(mayConnect)];
        if (addresses.Length == 0 && found.Length > 0)
            throw new CallFailedException(ExecutionCodes.AddressRefused, "The address is on this machine or in a private network, which its settings do not allow.", isTransient: false);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
