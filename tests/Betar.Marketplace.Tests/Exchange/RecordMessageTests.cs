using Betar.Marketplace.Exchange;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Exchange;

public sealed class RecordMessageTests
{
    [Fact]
    public void A_message_comes_back()
    {
        var message = new RecordMessage([new byte[] { 1, 2 }, new byte[] { 3 }], new byte[] { 4 }, "after", "next", [new HeldVersion("a", 7), new HeldVersion("b", ulong.MaxValue)]);

        Assert.True(RecordMessage.TryDecode(message.Encode(), 2, out var back));
        Assert.Equal(message.Records.Select(record => record.ToArray()), back.Records.Select(record => record.ToArray()));
        Assert.Equal(message.Sums.ToArray(), back.Sums.ToArray());
        Assert.Equal(("after", "next"), (back.After, back.Next));
        Assert.Equal(message.Held, back.Held);
        Assert.Empty(RecordMessage.Empty.Encode());
    }

    [Fact]
    public void What_a_later_version_adds_is_passed_over()
    {
        Assert.True(RecordMessage.TryDecode(new byte[] { 0x7A, 1, 0, 0x2A, 5, 0x0A, 1, (byte)'a', 0x18, 9 }, 2, out var message));
        Assert.Equal([new HeldVersion("a", 0)], message.Held);
    }

    [Fact]
    public void Each_part_is_bounded()
    {
        Assert.False(RecordMessage.TryDecode((RecordMessage.Empty with { Records = [new byte[] { 1 }, new byte[] { 1 }] }).Encode(), 1, out _));
        Assert.False(RecordMessage.TryDecode((RecordMessage.Empty with { Held = [new("a", 1), new("b", 1)] }).Encode(), 1, out _));
        Assert.False(RecordMessage.TryDecode((RecordMessage.Empty with { Sums = new byte[4097] }).Encode(), 1, out _));
        Assert.False(RecordMessage.TryDecode((RecordMessage.Empty with { After = new string('x', 513) }).Encode(), 1, out _));
        Assert.False(RecordMessage.TryDecode((RecordMessage.Empty with { Next = new string('x', 513) }).Encode(), 1, out _));
        Assert.False(RecordMessage.TryDecode((RecordMessage.Empty with { Held = [new(new string('x', 513), 1)] }).Encode(), 1, out _));
    }

    [Fact]
    public void Heaps_that_agree_are_left_out_and_pages_join()
    {
        using var seller = new Somebody(1);
        var mine = new RecordBook();
        var theirs = new RecordBook();
        for (var n = 0; n < 200; n++)
        {
            mine.Put(seller.Sign($"a{n}"));
            theirs.Put(seller.Sign($"a{n}"));
        }

        Assert.Empty(mine.Differing(theirs.Sums(), ""));
        mine.Put(seller.Sign("a7", 2));
        mine.Put(seller.Sign("new"));
        theirs.Remove(seller.Id("a9"));

        var differing = mine.Differing(theirs.Sums(), "").Select(record => record.Record.Id).ToList();
        Assert.Superset(new HashSet<string> { seller.Id("a7"), seller.Id("new"), seller.Id("a9") }, differing.ToHashSet());
        Assert.InRange(differing.Count, 3, 15);

        List<string> paged = [];
        for (var after = ""; mine.Differing(default, after).FirstOrDefault() is { } next; after = next.Record.Id)
            paged.Add(next.Record.Id);
        Assert.Equal(201, paged.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(201, paged.Count);
        Assert.Equal(paged, mine.Differing(new byte[3], "").Select(record => record.Record.Id));
    }

    [Fact]
    public void A_place_that_is_gone_is_still_a_place()
    {
        using var seller = new Somebody(1);
        var book = new RecordBook();
        for (var n = 0; n < 50; n++)
            book.Put(seller.Sign($"a{n}"));
        var all = book.Differing(default, "").Select(record => record.Record.Id).ToList();

        book.Remove(all[20]);

        Assert.Equal(all.Skip(21), book.Differing(default, all[20]).Select(record => record.Record.Id));
        Assert.Equal(49, book.Count);
    }
}
