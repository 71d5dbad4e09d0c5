using System.Text;
using Betar.Marketplace.Listings;

namespace Betar.Marketplace.Tests.Listings;

public sealed class ListingJsonTests
{
    /// <summary>What an original node wrote.</summary>
    private const string Golden =
        """{"id":"did:key:z6Mkn9pM6KKYq36caNdECnb2viGjjru7vU5F8sts9bNcmYQV","name":"math-agent","price":0.001,"metadata":"bafybeiggmpyfg4rsgnqoeemmowrcqbas2cy7tikire2juvdj5kt6bft3ii","sellerId":"12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB","addrs":["/ip4/192.168.1.5/tcp/4001","/ip4/192.168.1.5/udp/4001/quic-v1"],"protocols":["/x402/libp2p/1.0.0"],"timestamp":1775000000}""";

    private static readonly ListingLimits s_limits = new();

    [Fact]
    public void The_originals_bytes_come_back_as_they_were()
    {
        Assert.True(ListingJson.TryDecode(Encoding.UTF8.GetBytes(Golden), out var listing));

        var written = ListingJson.Encode(listing);

        Assert.Equal(370, written.Length);
        Assert.Equal(Golden, Encoding.UTF8.GetString(written));
    }

    [Fact]
    public void The_id_of_the_originals_listing_follows_from_its_seller_and_name()
    {
        Assert.True(ListingJson.TryDecode(Encoding.UTF8.GetBytes(Golden), out var listing));

        Assert.True(ListingId.BelongsTo(listing.Id, listing.Name, Betar.Libp2p.Identity.PeerId.Parse(listing.SellerId)));
        Assert.False(ListingId.BelongsTo(listing.Id, "math-agent2", Betar.Libp2p.Identity.PeerId.Parse(listing.SellerId)));
    }

    [Fact]
    public void What_is_empty_is_left_out_as_the_original_does()
    {
        var bare = new Listing { Id = "x", Name = "", Price = "0", SellerId = "" };

        Assert.Equal("""{"id":"x","name":"","price":0,"metadata":"","sellerId":"","timestamp":0}""", Text(ListingJson.Encode(bare)));
        Assert.EndsWith(""","timestamp":0,"tokenId":"7"}""", Text(ListingJson.Encode(bare with { TokenId = "7" })), StringComparison.Ordinal);
    }

    [Fact]
    public void Units_and_payee_are_in_answers_and_never_in_the_replicated_value()
    {
        var listing = new Listing { Id = "x", Name = "a", Price = "0.5", SellerId = "s", PriceAtomic = "500000", PayTo = "0xAB" };

        Assert.DoesNotContain("payTo", Text(ListingJson.Encode(listing)), StringComparison.Ordinal);
        Assert.EndsWith(""","priceAtomic":"500000","payTo":"0xAB"}""", Text(ListingJson.EncodeAnswer(listing)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\"b\\c", """a\"b\\c""")]
    [InlineData("<script>&", """\u003cscript\u003e\u0026""")]
    [InlineData("\u0000\u001f\b\f\n\r\t", """\u0000\u001f\b\f\n\r\t""")]
    [InlineData("\u2028\u2029", """\u2028\u2029""")]
    [InlineData("\u007fü€😀/", "\u007fü€😀/")]
    public void Texts_are_escaped_to_the_byte_as_Go_does(string name, string written)
    {
        var listing = new Listing { Id = "x", Name = name, Price = "0", SellerId = "" };

        var bytes = ListingJson.Encode(listing);

        Assert.Contains($"\"name\":\"{written}\"", Text(bytes), StringComparison.Ordinal);
        Assert.True(ListingJson.TryDecode(bytes, out var back));
        Assert.Equal(name, back.Name);
    }

    [Theory]
    [InlineData("0.001")]
    [InlineData("1e-3")]
    [InlineData("1.0")]
    [InlineData("-4")]
    [InlineData("123456789012345678901234567890")]
    public void A_price_keeps_its_text(string price)
    {
        Assert.True(ListingJson.TryDecode(Encoding.UTF8.GetBytes($$"""{"id":"x","price":{{price}}}"""), out var listing));

        Assert.Equal(price, listing.Price);
        Assert.Contains($"\"price\":{price},", Text(ListingJson.Encode(listing)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ID":"x","Name":"n"}""", "n")]
    [InlineData("""{"id":"x","name":"a","name":"n"}""", "n")]
    [InlineData("""{"id":"x","name":"n","name":null}""", "n")]
    [InlineData("""{"id":"x","signature":{"a":[1,{}]},"name":"n"}""", "n")]
    [InlineData(""" { "id" : "x" , "name" : "n" } """, "n")]
    public void It_is_read_as_the_original_reads(string json, string name)
    {
        Assert.True(ListingJson.TryDecode(Encoding.UTF8.GetBytes(json), out var listing));
        Assert.Equal(("x", name), (listing.Id, listing.Name));
    }

    [Theory]
    [InlineData("", ListingFault.Malformed)]
    [InlineData("[]", ListingFault.Malformed)]
    [InlineData("null", ListingFault.Malformed)]
    [InlineData("""{"id":"x"}{}""", ListingFault.Malformed)]
    [InlineData("""{"id":"x" """, ListingFault.Malformed)]
    [InlineData("""{"id":1}""", ListingFault.Malformed)]
    [InlineData("""{"id":"x","price":"1"}""", ListingFault.Malformed)]
    [InlineData("""{"id":"x","timestamp":1.5}""", ListingFault.Malformed)]
    [InlineData("""{"id":"x","timestamp":"1"}""", ListingFault.Malformed)]
    [InlineData("""{"id":"x","addrs":"/ip4"}""", ListingFault.Malformed)]
    [InlineData("""{"id":"x","addrs":[1]}""", ListingFault.Malformed)]
    [InlineData("""{"id":"\ud800"}""", ListingFault.Malformed)]
    [InlineData("""{"\ud800":"x"}""", ListingFault.Malformed)]
    [InlineData("""{"name":"x"}""", ListingFault.NoId)]
    [InlineData("""{"id":""}""", ListingFault.NoId)]
    public void What_is_no_listing_is_refused(string json, ListingFault expected)
    {
        Assert.False(ListingJson.TryDecode(Encoding.UTF8.GetBytes(json), s_limits, out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        Assert.False(ListingJson.TryDecode([.. """{"id":"x","name":" """u8, 0xFF, .. "\"}"u8], s_limits, out _, out var fault));
        Assert.Equal(ListingFault.Malformed, fault);
    }

    [Theory]
    [InlineData("id", 300)]
    [InlineData("name", 256)]
    [InlineData("metadata", 512)]
    [InlineData("sellerId", 512)]
    [InlineData("tokenId", 512)]
    public void Each_text_has_its_bound(string field, int most)
    {
        Assert.True(Decodes(most));
        Assert.False(Decodes(most + 1));

        bool Decodes(int length)
        {
            var text = new string('x', length);
            var json = field == "id" ? $$"""{"id":"{{text}}"}""" : $$"""{"id":"x","{{field}}":"{{text}}"}""";
            return ListingJson.TryDecode(Encoding.UTF8.GetBytes(json), s_limits, out _, out var fault) || (fault == ListingFault.TooLong ? false : throw new InvalidOperationException($"{fault}"));
        }
    }

    [Theory]
    [InlineData("addrs")]
    [InlineData("protocols")]
    public void Lists_are_bounded(string field)
    {
        Assert.True(Decodes(32, 512));
        Assert.False(Decodes(33, 1));
        Assert.False(Decodes(1, 513));

        bool Decodes(int count, int length) => ListingJson.TryDecode(
            Encoding.UTF8.GetBytes($$"""{"id":"x","{{field}}":[{{string.Join(',', Enumerable.Repeat($"\"{new string('/', length)}\"", count))}}]}"""), out _);
    }

    [Fact]
    public void The_whole_value_is_bounded()
    {
        var json = $$"""{"id":"x","other":"{{new string('x', 64 * 1024)}}"}""";

        Assert.False(ListingJson.TryDecode(Encoding.UTF8.GetBytes(json), s_limits, out _, out var fault));
        Assert.Equal(ListingFault.TooLong, fault);
    }

    [Fact]
    public void A_listing_counts_under_its_own_key_only()
    {
        var value = """{"id":"x"}"""u8;

        Assert.True(ListingJson.TryDecode(ListingKey.Of("x"), value, s_limits, out _, out _));
        Assert.False(ListingJson.TryDecode(ListingKey.Of("y"), value, s_limits, out var listing, out var fault));
        Assert.Null(listing);
        Assert.Equal(ListingFault.WrongKey, fault);
    }

    [Fact]
    public void Answers_hold_what_there_is_room_for()
    {
        var listings = Enumerable.Range(0, 100).Select(n => new Listing { Id = $"agent-{n:000}", Name = "a", Price = "1", SellerId = "s" }).ToList();
        var all = ListingJson.EncodeAnswers(listings, 1024 * 1024);
        var some = ListingJson.EncodeAnswers(listings, 1000);

        Assert.True(ListingJson.TryDecodeAnswers(all, s_limits, 1000, out var back));
        Assert.Equal(listings.Select(l => l.Id), back.Select(l => l.Id));
        Assert.InRange(some.Length, 900, 1000);
        Assert.True(ListingJson.TryDecodeAnswers(some, s_limits, 1000, out var few));
        Assert.InRange(few.Count, 5, 20);
        Assert.Equal("[]", Text(ListingJson.EncodeAnswers([], 1000)));
    }

    [Fact]
    public void Of_an_answer_no_more_is_read_than_was_asked_for_and_what_is_no_listing_is_passed_over()
    {
        Assert.True(ListingJson.TryDecodeAnswers("""[{"id":"a"},7,{"id":1},{"id":"b"},{"id":"c"}]"""u8, s_limits, 4, out var listings));
        Assert.Equal(["a", "b"], listings.Select(l => l.Id));
    }

    [Theory]
    [InlineData("unknown message type: info")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("[{]")]
    public void Plain_text_in_place_of_an_answer_is_no_answer(string text) =>
        Assert.False(ListingJson.TryDecodeAnswers(Encoding.UTF8.GetBytes(text), s_limits, 10, out _));

    [Fact]
    public void A_new_time_or_another_spelling_of_the_price_changes_no_meaning()
    {
        var listing = new Listing { Id = "x", Name = "a", Price = "0.001", SellerId = "s", Addresses = ["/a"], Timestamp = 1 };

        Assert.True(listing.Means(listing with { Timestamp = 9, Price = "1e-3", Addresses = ["/a"] }));
        Assert.False(listing.Means(listing with { Price = "0.002" }));
        Assert.False(listing.Means(listing with { Price = "x" }));
        Assert.False(listing.Means(listing with { Name = "b" }));
        Assert.False(listing.Means(listing with { Metadata = "b" }));
        Assert.False(listing.Means(listing with { SellerId = "b" }));
        Assert.False(listing.Means(listing with { TokenId = "b" }));
        Assert.False(listing.Means(listing with { Addresses = ["/b"] }));
        Assert.False(listing.Means(listing with { Protocols = ["/b"] }));
        Assert.False(listing.Means(listing with { Id = "b" }));
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
