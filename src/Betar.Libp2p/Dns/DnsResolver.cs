using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.Dns;

/// <summary>
/// A small stub resolver: the machine's own file of names first, then the servers one after the other, over UDP and, when an answer was cut,
/// over TCP; aliases are followed. Search lists are not used: a name of an address is a whole name.
/// </summary>
internal sealed partial class DnsResolver(IDnsExchange exchange, DnsOptions options, TimeProvider time, ILogger logger) : IDnsResolver
{
    public const string TimeLimit = "dns.deadline";
    public const string AliasesLimit = "dns.aliases";
    public const string RecordsLimit = "dns.records";

    public async ValueTask<DnsAnswer> ResolveAsync(string name, DnsRecordType type, CancellationToken cancel)
    {
        if (DnsName.Normalize(name) is not { } normal)
            return DnsAnswer.Empty(DnsStatus.BadName);
        if (HostsFile.Find(options.HostsFile, normal, type) is { } own)
            return own;
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
            return DnsAnswer.Empty(DnsStatus.Timeout, TimeLimit);
        }
    }

    private static DnsAnswer Local(DnsRecordType type) => type switch
    {
        DnsRecordType.A => new DnsAnswer(DnsStatus.Found, [IPAddress.Loopback], []),
        DnsRecordType.Aaaa => new DnsAnswer(DnsStatus.Found, [IPAddress.IPv6Loopback], []),
        _ => DnsAnswer.Empty(DnsStatus.NotFound),
    };

    // A server may leave the end of a chain of aliases to us. The whole chain holds as long as its shortest part.
    private async ValueTask<DnsAnswer> FollowAsync(string name, DnsRecordType type, CancellationToken cancel)
    {
        var aliases = 0;
        var life = TimeSpan.MaxValue;
        while (true)
        {
            var (response, failure) = await AskAllAsync(name, type, cancel);
            if (response is null)
                return failure;
            var start = name;
            while (response.Records.FirstOrDefault(record => record.Owner == name && record.Alias is not null) is { } alias)
            {
                name = alias.Alias!;
                life = Shorter(life, alias.Life);
                if (++aliases > options.MaxAliases)
                    return DnsAnswer.Empty(DnsStatus.Failed, AliasesLimit);
            }

            var found = response.Records.Where(record => record.Owner == name && record.Type == type).ToList();
            if (found.Count > 0 || name == start || response.Code == DnsResponseCode.NameError)
                return DnsAnswer.Of(found, found.Select(record => record.Life).Aggregate(life, Shorter));
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async ValueTask<(DnsResponse? Response, DnsAnswer Failure)> AskAllAsync(string name, DnsRecordType type, CancellationToken cancel)
    {
        var servers = options.Servers.Count > 0 ? [.. options.Servers] : ResolvConf.Read(options.ResolvConf);
        var failure = DnsAnswer.Empty(DnsStatus.Timeout);
        for (var attempt = 0; attempt < options.Attempts; attempt++)
        {
            foreach (var server in servers.Take(options.MaxServers))
            {
                var (response, reason) = await AskAsync(server, name, type, cancel);
                if (response is not null)
                    return (response, failure);
                if (reason.Status != DnsStatus.Timeout)
                    failure = reason;
            }
        }

        return (null, failure);
    }

    private async ValueTask<(DnsResponse? Response, DnsAnswer Failure)> AskAsync(IPEndPoint server, string name, DnsRecordType type, CancellationToken cancel)
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
            if (response is { IsTruncated: false, HasTooMany: false, Code: DnsResponseCode.NoError or DnsResponseCode.NameError })
                return (response, DnsAnswer.Empty(DnsStatus.Failed));
            LogRefused(server, name, response?.Code);
            return (null, DnsAnswer.Empty(DnsStatus.Failed, response is { HasTooMany: true } ? RecordsLimit : null));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            LogTimeout(server, name);
            return (null, DnsAnswer.Empty(DnsStatus.Timeout));
        }
        catch (Exception unreachable) when (unreachable is SocketException or IOException)
        {
            LogUnreachable(server, unreachable.Message);
            return (null, DnsAnswer.Empty(DnsStatus.Failed, (unreachable as Libp2pException)?.Limit));
        }
    }
}
