using System.Net;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.Dns;

internal sealed partial class DnsResolver
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "The name server {Server} gave no answer for {Name}: {Code}.")]
    private partial void LogRefused(IPEndPoint server, string name, DnsResponseCode? code);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The name server {Server} did not answer for {Name} in time.")]
    private partial void LogTimeout(IPEndPoint server, string name);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The name server {Server} cannot be reached: {Reason}")]
    private partial void LogUnreachable(IPEndPoint server, string reason);
}
