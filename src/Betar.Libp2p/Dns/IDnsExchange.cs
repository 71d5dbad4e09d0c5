using System.Net;

namespace Betar.Libp2p.Dns;

/// <summary>Carries one question to one server and its answer back.</summary>
internal interface IDnsExchange
{
    /// <summary>Null: the server answered what is no answer to this question, and there is nothing more to wait for.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The server cannot be reached.</exception>
    ValueTask<DnsResponse?> AskAsync(IPEndPoint server, DnsQuery query, bool overTcp, CancellationToken cancel);
}
