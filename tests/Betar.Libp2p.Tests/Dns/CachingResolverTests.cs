using System.Net;
using Betar.Libp2p.Dns;
using Betar.Orleans.Testing;

namespace Betar.Libp2p.Tests.Dns;

public sealed class CachingResolverTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly DnsOptions _options = new() { CachedAnswers = 3 };
    private readonly FakeResolver _dns = new();
    private readonly CachingResolver _cache;

    public CachingResolverTests() => _cache = new CachingResolver(_dns, _options, _time);

    [Fact]
    public async Task An_answer_is_remembered_exactly_as_long_as_it_says()
    {
        _dns.Otherwise = Found(seconds: 100);
        await AskAsync();
        _time.Advance(TimeSpan.FromSeconds(100) - TimeSpan.FromTicks(1));
        Assert.Equal("192.0.2.1", Assert.Single((await AskAsync()).Addresses).ToString());
        Assert.Single(_dns.Asked);

        _time.Advance(TimeSpan.FromTicks(1));
        await AskAsync();

        Assert.Equal(2, _dns.Asked.Count);
    }

    [Fact]
    public async Task And_no_longer_than_allowed()
    {
        _dns.Otherwise = Found(seconds: 1_000_000);
        await AskAsync();
        _time.Advance(_options.CacheLife - TimeSpan.FromTicks(1));
        await AskAsync();
        Assert.Single(_dns.Asked);

        _time.Advance(TimeSpan.FromTicks(1));
        await AskAsync();

        Assert.Equal(2, _dns.Asked.Count);
    }

    [Fact]
    public async Task That_a_name_is_not_there_is_remembered_for_a_short_while()
    {
        await AskAsync();
        _time.Advance(_options.AbsenceLife - TimeSpan.FromTicks(1));
        Assert.Equal(DnsStatus.NotFound, (await AskAsync()).Status);
        Assert.Single(_dns.Asked);

        _time.Advance(TimeSpan.FromTicks(1));
        await AskAsync();

        Assert.Equal(2, _dns.Asked.Count);
    }

    [Theory]
    [InlineData(DnsStatus.Timeout)]
    [InlineData(DnsStatus.Failed)]
    public async Task A_failure_is_not_remembered(object status)
    {
        _dns.Otherwise = DnsAnswer.Empty((DnsStatus)status);
        await AskAsync();
        await AskAsync();
        Assert.Equal((2, 0), (_dns.Asked.Count, _cache.Count));
    }

    [Fact]
    public async Task What_holds_for_no_time_is_not_remembered()
    {
        _dns.Otherwise = Found(seconds: 0);
        await AskAsync();
        await AskAsync();
        Assert.Equal((2, 0), (_dns.Asked.Count, _cache.Count));
    }

    [Fact]
    public async Task Spellings_of_a_name_are_one_and_kinds_of_records_are_not()
    {
        _dns.Otherwise = Found(seconds: 100);
        await AskAsync("Example.ORG.");
        await AskAsync("example.org");
        Assert.Single(_dns.Asked);

        await _cache.ResolveAsync("example.org", DnsRecordType.Aaaa, default);

        Assert.Equal(["A example.org", "Aaaa example.org"], _dns.Asked);
    }

    [Fact]
    public async Task A_bad_name_is_not_asked_for()
    {
        Assert.Equal(DnsStatus.BadName, (await AskAsync("a..b")).Status);
        Assert.Empty(_dns.Asked);
    }

    [Fact]
    public async Task Above_the_most_those_go_that_were_not_used_for_longest()
    {
        _dns.Otherwise = Found(seconds: 100);
        foreach (var name in new[] { "a", "b", "c", "a", "d" })
            await AskAsync(name);
        Assert.Equal((3, 4), (_cache.Count, _dns.Asked.Count));

        foreach (var name in new[] { "a", "c", "d" })
            await AskAsync(name);
        Assert.Equal(4, _dns.Asked.Count);
        await AskAsync("b");

        Assert.Equal((3, 5), (_cache.Count, _dns.Asked.Count));
    }

    [Fact]
    public async Task Two_who_ask_at_once_leave_one_entry()
    {
        var slow = new SlowResolver();
        var cache = new CachingResolver(slow, _options, _time);
        var both = Enumerable.Range(0, 2).Select(_ => cache.ResolveAsync("a", DnsRecordType.A, default).AsTask()).ToList();

        slow.Answer.SetResult(Found(seconds: 100));
        await Task.WhenAll(both);

        Assert.Equal(1, cache.Count);
    }

    private static DnsAnswer Found(int seconds) => new(DnsStatus.Found, [IPAddress.Parse("192.0.2.1")], []) { Life = TimeSpan.FromSeconds(seconds) };

    private Task<DnsAnswer> AskAsync(string name = "example.org") => _cache.ResolveAsync(name, DnsRecordType.A, default).AsTask();

    private sealed class SlowResolver : IDnsResolver
    {
        public TaskCompletionSource<DnsAnswer> Answer { get; } = new();

        public async ValueTask<DnsAnswer> ResolveAsync(string name, DnsRecordType type, CancellationToken cancel) => await Answer.Task;
    }
}
