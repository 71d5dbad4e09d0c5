using System.Buffers.Binary;
using System.Text;
using Betar.Libp2p;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Listings;
using Betar.Node.Peering;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Peering;

/// <summary>The marketplace's question for listings, as a buyer asks it, over a real connection.</summary>
public sealed class ListingQueryTests
{
    private static readonly Listing s_listing = new()
    {
        Id = "did:betar:1",
        Name = "echo",
        Price = "0.001",
        PriceAtomic = "1000",
        SellerId = "12D3",
        Addresses = ["/ip4/127.0.0.1/tcp/4001"],
        Protocols = ["/x402/libp2p/1.0.0"],
        Timestamp = 1_700_000_000,
        PayTo = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1",
    };

    [Fact]
    public async Task Listings_arrive_as_they_were_given_and_the_price_is_a_number_without_a_binary_fraction()
    {
        string json = Encoding.UTF8.GetString(ListingJson.EncodeAnswers([s_listing, s_listing with { Id = "did:betar:2", Price = "0.000001" }], int.MaxValue));
        IReadOnlyList<Listing>? heard = await AskAsync(json);

        Assert.Contains("\"price\":0.001,", json, StringComparison.Ordinal);
        Assert.Contains("\"price\":0.000001,", json, StringComparison.Ordinal);
        Assert.Equal(["0.001", "0.000001"], heard!.Select(listing => listing.Price));
        Assert.Equal(["did:betar:1", "did:betar:2"], heard!.Select(listing => listing.Id));
        Assert.Equal((s_listing.PayTo, s_listing.Timestamp, "/x402/libp2p/1.0.0"), (heard![0].PayTo, heard[0].Timestamp, heard[0].Protocols[0]));
    }

    [Fact]
    public async Task Nobody_to_list_is_an_empty_array()
    {
        Assert.Empty((await AskAsync("[]"))!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("000000")]
    [InlineData("7fffffff")]
    [InlineData("00800001")]
    [InlineData("000000055b5d")]
    [InlineData("000000027b7d")]
    [InlineData("000000015b")]
    [InlineData("0000000cff")]
    public async Task What_is_no_answer_is_none_and_never_a_crash(string hex)
    {
        await using PeerPair service = await AnswerAsync(Convert.FromHexString(hex));

        Assert.Null(await AskAsync(service));
    }

    [Theory]
    [InlineData("""{"id":"a","price":"0.001"}""")]
    [InlineData("""{"id":"a","price":{}}""")]
    [InlineData("""{"id":"a","payTo":7}""")]
    [InlineData("""{"name":"b"}""")]
    [InlineData("{}")]
    [InlineData("7")]
    public async Task What_is_no_listing_is_passed_over_and_the_others_are_read(string element)
    {
        Assert.Equal("b", Assert.Single((await AskAsync($$"""[{{element}},{"id":"b"}]"""))!).Id);
    }

    [Fact]
    public async Task What_the_original_leaves_out_or_writes_as_null_is_empty()
    {
        Listing listing = Assert.Single((await AskAsync("""[{"id":"a","name":"b","price":1,"sellerId":"c","timestamp":1,"addrs":null}]"""))!);

        Assert.Equal(("", 0, 0, "", ""), (listing.Metadata, listing.Protocols.Count, listing.Addresses.Count, listing.PayTo, listing.PriceAtomic));
    }

    /// <summary>A seller that answers every question with these bytes.</summary>
    private static Task<PeerPair> AnswerAsync(byte[] answer) => PeerPair.StartAsync(MarketFrames.Protocol, async (stream, stopping) =>
    {
        await stream.ReadExactlyAsync(new byte[10], stopping);
        await stream.WriteAsync(answer, stopping);
    });

    /// <summary>What a seller that answers this text is understood to list.</summary>
    private static async Task<IReadOnlyList<Listing>?> AskAsync(string json)
    {
        byte[] answer = [0, 0, 0, 0, .. Encoding.UTF8.GetBytes(json)];
        BinaryPrimitives.WriteInt32BigEndian(answer, answer.Length - 4);
        await using PeerPair service = await AnswerAsync(answer);
        return await AskAsync(service);
    }

    private static async Task<IReadOnlyList<Listing>?> AskAsync(PeerPair service)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using Libp2pStream stream = await service.OpenAsync();
        return await ListingQuery.AskAsync(stream, limit.Token);
    }
}
