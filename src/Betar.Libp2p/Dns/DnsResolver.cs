using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.Dns;

/// <summary>
/// A small stub resolver: the servers one after the other, over UDP and, when an answer was cut, over TCP; aliases are followed. Whom
/// /etc/hosts or a search list names is not looked up.
/// </summary>
internal sealed partial class DnsResolver(IDnsExchange exchange, DnsOptions options, TimeProvider time, ILogger logger) : IDnsResolver
{
    public async ValueTask<DnsAnswer> ResolveAsync(string name, DnsRecordType type, CancellationToken cancel)
    {
        if (DnsName.Normalize(name) is not { } normal)
            return DnsAnswer.Empty(DnsStatus.BadName);
        if (normal == "localhost" || normal.EndsWith(".localhost", StringComparison.Ordinal))
            return Local(type);
        using var deadline = new CancellationTokenSource(options.Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            return await FollowAsync(normal, type, both.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return DnsAnswer.Empty(DnsStatus.Timeout);
        }
    }

    private static DnsAnswer Local(DnsRecordType type) => type switch
    {
        DnsRecordType.A => new DnsAnswer(DnsStatus.Found, [IPAddress.Loopback], []),
        DnsRecordType.Aaaa => new DnsAnswer(DnsStatus.Found, [IPAddress.IPv6Loopback], []),
        _ => DnsAnswer.Empty(DnsStatus.NotFound),
    };

    // A server may leave the end of a chain of aliases to us.
    private async ValueTask<DnsAnswer> FollowAsync(string name, DnsRecordType type, CancellationToken cancel)
    {
        var aliases = 0;
        while (true)
        {
            var (status, response) = await AskAllAsync(name, type, cancel);
            if (response is null)
                return DnsAnswer.Empty(status);
            var start = name;
            while (response.Records.FirstOrDefault(record => record.Owner == name && record.Alias is not null) is { } alias)
            {
                name = alias.Alias!;
                if (++aliases > options.MaxAliases)
                    return DnsAnswer.Empty(DnsStatus.Failed);
            }

            var found = response.Records.Where(record => record.Owner == name && record.Type == type).ToList();
            if (found.Count > 0 || name == start || response.Code == DnsResponseCode.NameError)
                return DnsAnswer.Of(found);
        }
    }

    private async ValueTask<(DnsStatus Status, DnsResponse? Response)> AskAllAsync(string name, DnsRecordType type, CancellationToken cancel)
    {
        var servers = options.Servers.Count > 0 ? [.. options.Servers] : ResolvConf.Read(options.ResolvConf);
        var status = DnsStatus.Timeout;
        for (var attempt = 0; attempt < options.Attempts; attempt++)
        {
            foreach (var server in servers.Take(options.MaxServers))
            {
                var (outcome, response) = await AskAsync(server, name, type, cancel);
                if (response is not null)
                    return (DnsStatus.Found, response);
                if (outcome != DnsStatus.Timeout)
                    status = outcome;
            }
        }

        return (status, null);
    }

    private async ValueTask<(DnsStatus Outcome, DnsResponse? Response)> AskAsync(IPEndPoint server, string name, DnsRecordType type, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(options.QueryTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            var response = await exchange.AskAsync(server, DnsQuery.Create(name, type), overTcp: false, both.Token);
            if (response is { Code: DnsResponseCode.FormatError })
                response = await exchange.AskAsync(server, DnsQuery.Create(name, type, extended: false), overTcp: false, both.Token);
            if (response is { IsTruncated: true })
                response = await exchange.AskAsync(server, DnsQuery.Create(name, type), overTcp: true, both.Token);
            if (response is { IsTruncated: false, Code: DnsResponseCode.NoError or DnsResponseCode.NameError })
                return (DnsStatus.Found, response);
            LogRefused(server, name, response?.Code);
            return (DnsStatus.Failed, null);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            LogTimeout(server, name);
            return (DnsStatus.Timeout, null);
        }
        catch (Exception unreachable) when (unreachable is SocketException or IOException)
        {
            LogUnreachable(server, unreachable.Message);
            return (DnsStatus.Failed, null);
        }
    }
}
