using System.Net;

namespace Betar.Libp2p.Dns;

/// <summary>How names are looked up, and how much work one name may make.</summary>
public sealed class DnsOptions
{
    /// <summary>Whom to ask; by default nobody is named, and those of <see cref="ResolvConf"/> are asked.</summary>
    public IList<IPEndPoint> Servers { get; } = [];

    /// <summary>The file that names the servers, read at each look-up; default /etc/resolv.conf. Without it the local host is asked.</summary>
    public string ResolvConf { get; set; } = "/etc/resolv.conf";

    /// <summary>The file of names that the machine knows by itself; they are never asked for; default /etc/hosts.</summary>
    public string HostsFile { get; set; } = "/etc/hosts";

    /// <summary>Answers that are remembered; above that those go that were not used for longest; default 1,024.</summary>
    public int CachedAnswers { get; set; } = 1024;

    /// <summary>Answers are remembered as long as they say and at most so long; default 1 h.</summary>
    public TimeSpan CacheLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long it is remembered that a name is not there; default 30 seconds.</summary>
    public TimeSpan AbsenceLife { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many of the servers are asked; default 3.</summary>
    public int MaxServers { get; set; } = 3;

    /// <summary>How long one server may take for one question; default 2 seconds.</summary>
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often each server is asked; default 2.</summary>
    public int Attempts { get; set; } = 2;

    /// <summary>How long a whole look-up may take, with every server and every attempt; default 10 seconds.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest answer taken over TCP, in bytes; default 16 KiB.</summary>
    public int MaxAnswerBytes { get; set; } = 16 * 1024;

    /// <summary>The most records that an answer may hold; default 64.</summary>
    public int MaxRecords { get; set; } = 64;

    /// <summary>The longest chain of aliases that is followed; default 8.</summary>
    public int MaxAliases { get; set; } = 8;

    /// <summary>How deep one /dnsaddr may lead to the next; default 4.</summary>
    public int MaxDepth { get; set; } = 4;

    /// <summary>The most questions asked for one address; default 32.</summary>
    public int MaxQueries { get; set; } = 32;

    /// <summary>The most addresses that one address may become; default 32.</summary>
    public int MaxAddresses { get; set; } = 32;

    /// <summary>Every value out of its range, in words.</summary>
    internal IEnumerable<string> Faults()
    {
        foreach (var (name, value, most) in new[]
        {
            (nameof(MaxServers), MaxServers, 16), (nameof(Attempts), Attempts, 16), (nameof(MaxAnswerBytes), MaxAnswerBytes, ushort.MaxValue),
            (nameof(MaxRecords), MaxRecords, 4096), (nameof(MaxAliases), MaxAliases, 64), (nameof(MaxDepth), MaxDepth, 32),
            (nameof(MaxQueries), MaxQueries, 1024), (nameof(MaxAddresses), MaxAddresses, 1024), (nameof(CachedAnswers), CachedAnswers, 1_000_000),
        })
        {
            if (value < 1 || value > most)
                yield return $"{name} must be from 1 to {most}.";
        }

        foreach (var (name, value) in new[] { (nameof(QueryTimeout), QueryTimeout), (nameof(Deadline), Deadline) })
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromMinutes(5))
                yield return $"{name} must be more than nothing and at most five minutes.";
        }

        foreach (var (name, value) in new[] { (nameof(CacheLife), CacheLife), (nameof(AbsenceLife), AbsenceLife) })
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(1))
                yield return $"{name} must be more than nothing and at most a day.";
        }
    }
}
