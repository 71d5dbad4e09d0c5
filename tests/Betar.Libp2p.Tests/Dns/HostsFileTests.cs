using Betar.Libp2p.Dns;
using Betar.Orleans.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Libp2p.Tests.Dns;

public sealed class HostsFileTests
{
    private static readonly string[] Lines =
    [
        "# a comment with peer.example",
        "",
        "192.0.2.1\tpeer.example peer",
        "  192.0.2.2   Other.Example   peer.example # backup.example",
        "2001:db8::1 peer.example",
        "192.0.2.1 peer.example",
        "nonsense peer.example",
        "192.0.2.9",
        "::1 six.example",
    ];

    [Theory]
    [InlineData("peer.example", (int)DnsRecordType.A, "192.0.2.1,192.0.2.2")]
    [InlineData("peer.example", (int)DnsRecordType.Aaaa, "2001:db8::1")]
    [InlineData("peer", (int)DnsRecordType.A, "192.0.2.1")]
    [InlineData("other.example", (int)DnsRecordType.A, "192.0.2.2")]
    public void Every_line_that_names_it_counts_once(string name, int type, string addresses)
    {
        var answer = HostsFile.Find(Lines, name, (DnsRecordType)type);
        Assert.Equal((DnsStatus.Found, addresses), (answer!.Status, string.Join(',', answer.Addresses)));
        Assert.Equal(TimeSpan.Zero, answer.Life);
    }

    [Theory]
    [InlineData("backup.example")]
    [InlineData("a")]
    [InlineData("192.0.2.9")]
    public void What_no_line_names_is_asked_for(string name) => Assert.Null(HostsFile.Find(Lines, name, DnsRecordType.A));

    [Fact]
    public void A_name_with_addresses_of_the_other_kind_only_is_not_asked_for() =>
        Assert.Equal(DnsStatus.NotFound, HostsFile.Find(Lines, "six.example", DnsRecordType.A)!.Status);

    [Fact]
    public void Texts_are_always_asked_for()
    {
        using var file = new TempFile("192.0.2.1 peer.example");
        Assert.Null(HostsFile.Find(file.Path, "peer.example", DnsRecordType.Txt));
        Assert.NotNull(HostsFile.Find(file.Path, "peer.example", DnsRecordType.A));
    }

    [Fact]
    public void A_file_that_is_not_there_or_too_long_names_nobody()
    {
        Assert.Null(HostsFile.Find("/nowhere/hosts", "peer.example", DnsRecordType.A));
        using var file = new TempFile("192.0.2.1 peer.example\n" + new string('#', 1024 * 1024));
        Assert.Null(HostsFile.Find(file.Path, "peer.example", DnsRecordType.A));
    }

    [Fact]
    public async Task The_resolver_looks_there_before_it_asks_and_each_time_anew()
    {
        using var file = new TempFile("192.0.2.7 peer.example");
        var exchange = new FakeExchange(asked => asked.Answer().A("192.0.2.1").Build());
        var options = new DnsOptions { HostsFile = file.Path };
        var resolver = new CachingResolver(new DnsResolver(exchange, options, new ManualTimeProvider(), NullLogger.Instance), options, new ManualTimeProvider());

        Assert.Equal("192.0.2.7", Assert.Single((await resolver.ResolveAsync("Peer.example.", DnsRecordType.A, default)).Addresses).ToString());
        Assert.Empty(exchange.Asked);
        File.WriteAllText(file.Path, "");
        Assert.Equal("192.0.2.1", Assert.Single((await resolver.ResolveAsync("peer.example", DnsRecordType.A, default)).Addresses).ToString());
    }

    private sealed class TempFile : IDisposable
    {
        public TempFile(string text)
        {
            Path = System.IO.Path.GetTempFileName();
            File.WriteAllText(Path, text);
        }

        public string Path { get; }

        public void Dispose() => File.Delete(Path);
    }
}
