using Betar.Marketplace.Records;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;
using Betar.Orleans.Testing;

namespace Betar.Marketplace.Tests.Trust;

/// <summary>Which of a seller's records counts, and in which pages others get them.</summary>
public sealed class RecordVersionTests : IDisposable
{
    private readonly ManualTimeProvider _time = new(Somebody.Start);
    private readonly Somebody _seller = new(1);
    private readonly Somebody _self = new(200);
    private readonly MarketView _view;

    public RecordVersionTests() => _view = new MarketView(_self.Peer, new TrustOptions(), ExperienceWeight.Instance, _time);

    public void Dispose()
    {
        _seller.Dispose();
        _self.Dispose();
    }

    [Fact]
    public void Only_a_greater_version_replaces_and_of_two_with_one_number_the_first_stays()
    {
        Assert.Equal(RecordFault.None, _view.Accept(_seller.Sign(_seller.Record(version: 5))));
        Assert.Equal(RecordFault.NotNewer, _view.Accept(_seller.Sign(_seller.Record(version: 5))));
        Assert.Equal(RecordFault.NotNewer, _view.Accept(_seller.Sign(_seller.Record(version: 5) with { Price = 1 })));
        Assert.Equal(RecordFault.NotNewer, _view.Accept(_seller.Sign(_seller.Record(version: 4) with { Price = 1 })));
        Assert.Equal("1000", _view.Find(_seller.Id())!.PriceAtomic.ToString());

        Assert.Equal(RecordFault.None, _view.Accept(_seller.Sign(_seller.Record(version: 6) with { Price = 1 })));
        Assert.Equal("1", _view.Find(_seller.Id())!.PriceAtomic.ToString());
    }

    [Fact]
    public void What_was_taken_back_does_not_come_back_with_an_older_version()
    {
        _view.Accept(_seller.Sign(_seller.Record(version: 2) with { Withdrawn = true }));

        Assert.Equal(RecordFault.NotNewer, _view.Accept(_seller.Sign(_seller.Record(version: 1))));
        Assert.Null(_view.Find(_seller.Id()));
        Assert.Equal(RecordFault.None, _view.Accept(_seller.Sign(_seller.Record(version: 3))));
        Assert.NotNull(_view.Find(_seller.Id()));
    }

    [Theory]
    [InlineData(1, int.MaxValue)]
    [InlineData(7, int.MaxValue)]
    [InlineData(100, int.MaxValue)]
    [InlineData(int.MaxValue, 1)]
    [InlineData(int.MaxValue, 2_000)]
    public void Pages_bring_every_record_once(int maxRecords, int maxBytes)
    {
        for (var n = 0; n < 40; n++)
            _view.Accept(_seller.Sign($"a{n}"));

        List<string> seen = [];
        var after = "";
        bool more;
        do
        {
            (var records, more) = _view.RecordsAfter(default, after, maxBytes, maxRecords);
            Assert.InRange(records.Count, 1, maxRecords);
            Assert.True(records.Count == 1 || records.Sum(record => record.Envelope.Length) <= maxBytes);
            seen.AddRange(records.Select(record => record.Record.Name));
            Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
            after = records[^1].Record.Id;
        }
        while (more);

        Assert.Equal(Enumerable.Range(0, 40).Select(n => $"a{n}").Order(), seen.Order());
    }

    [Fact]
    public void Who_has_the_same_is_given_nothing_and_who_lacks_one_is_given_its_heap()
    {
        using var other = new Somebody(2);
        var theirs = new MarketView(other.Peer, new TrustOptions(), ExperienceWeight.Instance, _time);
        for (var n = 0; n < 40; n++)
        {
            _view.Accept(_seller.Sign($"a{n}"));
            theirs.Accept(_seller.Sign($"a{n}"));
        }

        Assert.Empty(_view.RecordsAfter(theirs.RecordSums(), "", 1 << 20, 100).Records);
        _view.Accept(_seller.Sign("news"));
        var given = _view.RecordsAfter(theirs.RecordSums(), "", 1 << 20, 100).Records;
        Assert.Contains(given, record => record.Record.Name == "news");
        Assert.InRange(given.Count, 1, 5);
    }

    [Fact]
    public void What_has_expired_is_given_to_nobody()
    {
        _view.Accept(_seller.Sign());
        _time.Advance(TimeSpan.FromDays(7));

        Assert.Empty(_view.RecordsAfter(default, "", 1 << 20, 100).Records);
    }
}
