using Betar.Libp2p.Discovery.Exchange;

namespace Betar.Libp2p.Tests.Discovery.Exchange;

public sealed class PeerExchangeMessageTests
{
    [Fact]
    public void Records_are_fields_of_number_one()
    {
        byte[] message = [0x0A, 2, 1, 2, 0x0A, 1, 3];

        Assert.Equal(message, PeerExchangeMessage.Encode([new byte[] { 1, 2 }, new byte[] { 3 }]).ToArray());
        var (ok, records, cut) = Decode(message);
        Assert.True(ok && !cut);
        Assert.Equal([[1, 2], [3]], records);
    }

    [Fact]
    public void Nothing_is_an_answer_without_records() => Assert.Equal((true, 0, false), Counted(Decode([])));

    [Fact]
    public void Other_fields_are_passed_over() => Assert.Equal((true, 1, false), Counted(Decode([0x10, 7, 0x0A, 1, 3, 0x12, 1, 9])));

    [Fact]
    public void More_records_than_allowed_and_longer_ones_are_cut()
    {
        Assert.Equal((true, 3, false), Counted(Decode([0x0A, 0, 0x0A, 0, 0x0A, 0])));
        Assert.Equal((true, 3, true), Counted(Decode([0x0A, 0, 0x0A, 0, 0x0A, 0, 0x0A, 0])));
        Assert.Equal((true, 1, false), Counted(Decode([0x0A, 8, 1, 2, 3, 4, 5, 6, 7, 8])));
        Assert.Equal((true, 0, true), Counted(Decode([0x0A, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9])));
    }

    [Theory]
    [InlineData(new byte[] { 0x0A })]
    [InlineData(new byte[] { 0x0A, 2, 1 })]
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 1 })]
    [InlineData(new byte[] { 0x0F })]
    [InlineData(new byte[] { 0x80 })]
    public void What_is_broken_is_refused(byte[] message) => Assert.False(Decode(message).Ok);

    [Fact]
    public void The_longest_answer_has_room_for_all_records_at_their_longest()
    {
        var record = new byte[8 * 1024];
        var message = PeerExchangeMessage.Encode([.. Enumerable.Repeat((ReadOnlyMemory<byte>)record, 16)]);

        Assert.True(message.Length <= PeerExchangeMessage.MaxLength(16, record.Length));
    }

    private static (bool Ok, List<byte[]> Records, bool Cut) Decode(byte[] message)
    {
        var ok = PeerExchangeMessage.TryDecode(message, 3, 8, out var records, out var cut);
        return (ok, [.. records.Select(record => record.ToArray())], cut);
    }

    private static (bool, int, bool) Counted((bool Ok, List<byte[]> Records, bool Cut) decoded) => (decoded.Ok, decoded.Records.Count, decoded.Cut);
}
