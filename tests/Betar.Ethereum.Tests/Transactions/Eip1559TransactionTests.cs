using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Transactions;

public sealed class Eip1559TransactionTests
{
    static readonly byte[] _good = SignedVectors.All.First().Raw;

    [Fact]
    public void Signing_gives_the_bytes_that_another_library_gives()
    {
        foreach (var vector in SignedVectors.All)
        {
            var signed = vector.Transaction.Sign(vector.Key);
            Assert.Equal(Convert.ToHexStringLower(vector.Raw), Convert.ToHexStringLower(signed.Raw.Span));
            Assert.Equal(vector.Hash, signed.Hash);
            Assert.Equal(vector.Sender, signed.Sender);
        }
    }

    [Fact]
    public void Decoding_gives_everything_back_and_the_sender()
    {
        foreach (var vector in SignedVectors.All)
        {
            Assert.True(Eip1559Transaction.TryDecode(vector.Raw, out var signed, out var fault));
            Assert.Null(fault);
            Assert.Equal(vector.Sender, signed!.Sender);
            Assert.Equal(vector.Hash, signed.Hash);
            Assert.True(vector.Transaction.Data.Span.SequenceEqual(signed.Transaction.Data.Span));
            Assert.Equal(vector.Transaction with { Data = default }, signed.Transaction with { Data = default });
        }
    }

    [Theory]
    [InlineData("", "type")]
    [InlineData("01c0", "type")]
    [InlineData("f800", "type")]
    [InlineData("02", "list")]
    [InlineData("0280", "list")]
    [InlineData("02c0c0", "list")]
    [InlineData("02c0", "number")]
    [InlineData("02ce83014a34808080830249f0830102", "recipient")]
    public void Bytes_that_are_no_transaction_have_a_reason(string hex, string reason)
    {
        Assert.False(Eip1559Transaction.TryDecode(Convert.FromHexString(hex), out var transaction, out var fault));
        Assert.Null(transaction);
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Access_lists_are_refused_by_name()
    {
        var writer = new RlpWriter();
        writer.WriteRaw(2);
        var list = writer.BeginList();
        for (var i = 0; i < 5; i++)
            writer.Write(1UL);
        writer.Write(TestKeys.Usdc);
        writer.Write(0UL);
        writer.Write(ReadOnlySpan<byte>.Empty);
        var access = writer.BeginList();
        writer.EndList(writer.BeginList());
        writer.EndList(access);
        for (var i = 0; i < 3; i++)
            writer.Write(1UL);
        writer.EndList(list);
        Assert.False(Eip1559Transaction.TryDecode(writer.ToArray(), out _, out var fault));
        Assert.Equal("access lists are not supported", fault);
    }

    [Fact]
    public void A_signature_with_high_s_or_another_parity_is_no_signature_of_the_sender()
    {
        Assert.True(Eip1559Decoder.TryParse(_good, out var parsed, out _));
        var order = UInt256.ReadBigEndian(Convert.FromHexString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"));
        var high = parsed!.Signature.ToArray();
        (order - UInt256.ReadBigEndian(high.AsSpan(32))).WriteBigEndian(high.AsSpan(32));
        Assert.False(Eip1559Transaction.TryDecode(
            parsed.Transaction.Encode([.. high, (byte)(1 - parsed.RecoveryId)]), out _, out var fault));
        Assert.Equal("invalid sender: the signature does not recover", fault);

        if (Eip1559Transaction.TryDecode(parsed.Transaction.Encode([.. parsed.Signature, (byte)(1 - parsed.RecoveryId)]), out var other, out _))
            Assert.NotEqual(TestKeys.PayerAddress, other!.Sender);

        Assert.False(Eip1559Transaction.TryDecode(parsed.Transaction.Encode([.. parsed.Signature, 2]), out _, out fault));
        Assert.Equal("invalid transaction v, r, s values", fault);
        Assert.False(Eip1559Transaction.TryDecode(parsed.Transaction.Encode(new byte[65]), out _, out _));
    }

    [Fact]
    public void Too_large_a_transaction_is_refused_before_it_is_read() =>
        Assert.Contains("too large", FaultOf(new byte[Eip1559Decoder.MaxRawBytes + 1]), StringComparison.Ordinal);

    [Fact]
    public void Bytes_behind_the_transaction_are_refused() => Assert.NotNull(FaultOf([.. _good, 0]));

    [Fact]
    public void Damaged_transactions_are_refused_or_have_another_hash()
    {
        var hash = SignedVectors.All.First().Hash;
        Fuzz.Mutate(_good, 3_000, seed: 1559, bytes =>
        {
            if (Eip1559Transaction.TryDecode(bytes, out var signed, out _) && !bytes.AsSpan().SequenceEqual(_good))
            {
                Assert.NotEqual(hash, signed!.Hash);
                Assert.NotEqual(TestKeys.PayerAddress, signed.Sender);
            }
        });
    }

    static string FaultOf(byte[] raw)
    {
        Assert.False(Eip1559Transaction.TryDecode(raw, out _, out var fault));
        return fault!;
    }
}
