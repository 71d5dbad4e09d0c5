using Betar.Libp2p.Dns;

namespace Betar.Libp2p.Tests.Dns;

public sealed class DnsOptionsTests
{
    [Fact]
    public void The_defaults_are_in_range() => Assert.Empty(new DnsOptions().Faults());

    [Fact]
    public void The_defaults_are_those_of_the_documentation()
    {
        var options = new DnsOptions();

        Assert.Equal("/etc/resolv.conf", options.ResolvConf);
        Assert.Empty(options.Servers);
        Assert.Equal((3, 2, 16 * 1024, 64, 8), (options.MaxServers, options.Attempts, options.MaxAnswerBytes, options.MaxRecords, options.MaxAliases));
        Assert.Equal((4, 32, 32), (options.MaxDepth, options.MaxQueries, options.MaxAddresses));
        Assert.Equal(("/etc/hosts", 1024), (options.HostsFile, options.CachedAnswers));
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromSeconds(30)), (options.CacheLife, options.AbsenceLife));
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10)), (options.QueryTimeout, options.Deadline));
    }

    [Fact]
    public void Every_value_out_of_its_range_is_named_at_once()
    {
        var faults = new DnsOptions
        {
            MaxServers = 0,
            Attempts = 17,
            MaxAnswerBytes = 65536,
            MaxRecords = 0,
            MaxAliases = 65,
            MaxDepth = 33,
            MaxQueries = 1025,
            MaxAddresses = -1,
            CachedAnswers = 0,
            AbsenceLife = TimeSpan.Zero,
            CacheLife = TimeSpan.FromDays(2),
            QueryTimeout = TimeSpan.Zero,
            Deadline = TimeSpan.FromHours(1),
        }.Faults().ToList();

        Assert.Equal(
            ["MaxServers", "Attempts", "MaxAnswerBytes", "MaxRecords", "MaxAliases", "MaxDepth", "MaxQueries", "MaxAddresses", "CachedAnswers", "QueryTimeout", "Deadline", "CacheLife", "AbsenceLife"],
            faults.Select(fault => fault.Split(' ')[0]));
    }
}
