using Betar.X402.Framing;
using Betar.X402.Protocol;

namespace Betar.X402.Tests.Framing;

public class FrameCodecTests
{
    [Theory]
    [InlineData(MessageTypes.Request, "000c783430322e72657175657374")]
    [InlineData(MessageTypes.PaymentRequired, "0015783430322e7061796d656e745f7265717569726564")]
    [InlineData(MessageTypes.PaidRequest, "0011783430322e706169645f72657175657374")]
    [InlineData(MessageTypes.Response, "000d783430322e726573706f6e7365")]
    [InlineData(MessageTypes.Error, "000a783430322e6572726f72")]
    public void Header_bytes_of_each_type(string type, string header) =>
        Assert.Equal(header + "00000003010203", Convert.ToHexStringLower(FrameCodec.Encode(type, [1, 2, 3])));

    [Fact]
    public void Types_and_data_beyond_the_protocol_are_bugs_of_the_writer()
    {
        Assert.Throws<ArgumentException>(() => FrameCodec.Encode("", []));
        Assert.Throws<ArgumentException>(() => FrameCodec.Encode(new string('x', 129), []));
        Assert.Throws<ArgumentException>(() => FrameCodec.Encode(new string('é', 65), []));
        Assert.Throws<ArgumentException>(() => FrameCodec.Encode("x", new byte[FrameLimits.ProtocolMaxDataLength + 1]));
        Assert.Equal(2 + 128 + 4, FrameCodec.Encode(new string('x', 128), []).Length);
        Assert.Equal(2 + 1 + 4 + FrameLimits.ProtocolMaxDataLength, FrameCodec.Encode("x", new byte[FrameLimits.ProtocolMaxDataLength]).Length);
    }

    [Fact]
    public void Known_types_come_back_as_the_shared_strings()
    {
        Assert.Same(MessageTypes.PaidRequest, FrameCodec.DecodeType("x402.paid_request"u8));
        Assert.Equal("é", FrameCodec.DecodeType("é"u8));
        Assert.Null(FrameCodec.DecodeType([0xFF]));
    }

    [Fact]
    public void Limits_report_every_fault_at_once()
    {
        Assert.Empty(new FrameLimits().Validate());
        var faults = new FrameLimits
        {
            MaxDataLength = 0, IdleTimeout = TimeSpan.Zero, HeaderTimeout = TimeSpan.FromSeconds(-1), BodyTimeout = TimeSpan.Zero,
            WriteTimeout = TimeSpan.Zero,
        }.Validate();
        Assert.Equal(5, faults.Count);
        Assert.Contains(faults, fault => fault.Contains("MaxDataLength", StringComparison.Ordinal));
        Assert.Single(new FrameLimits { MaxDataLength = FrameLimits.ProtocolMaxDataLength + 1 }.Validate());
    }

    [Fact]
    public void Defaults_are_as_documented()
    {
        var limits = new FrameLimits();
        Assert.Equal(1024 * 1024, limits.MaxDataLength);
        Assert.Equal(TimeSpan.FromSeconds(60), limits.IdleTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), limits.HeaderTimeout);
        Assert.Equal(TimeSpan.FromSeconds(20), limits.BodyTimeout);
        Assert.Equal(TimeSpan.FromSeconds(10), limits.WriteTimeout);
        Assert.Equal(8_388_608, FrameLimits.ProtocolMaxDataLength);
    }
}
