using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet.Storage;

public sealed class RecordFrameTests
{
    static byte[] Frame(byte[] payload)
    {
        var record = new byte[RecordFrame.HeaderSize + payload.Length];
        payload.CopyTo(record, RecordFrame.HeaderSize);
        RecordFrame.WriteHeader(record);
        return record;
    }

    [Fact]
    public void A_record_is_found_whole_whatever_comes_behind_it() => Property.Holds(Property.Bytes(0, 100), payload =>
    {
        var record = Frame(payload);
        return RecordFrame.Inspect([.. record, .. payload, 1, 2, 3], out var found) == record.Length
            && found.SequenceEqual(payload)
            && RecordFrame.PromisedSize(record) == record.Length;
    });

    /// <summary>Files of today have to be readable by every later version.</summary>
    [Theory]
    [InlineData("", "5254429e0000000000000000")]
    [InlineData("010203", "5254429e030000000d9f962b010203")]
    public void A_record_has_these_bytes_and_no_others(string payload, string record) =>
        Assert.Equal(record, Convert.ToHexStringLower(Frame(Convert.FromHexString(payload))));

    [Fact]
    public void No_record_with_a_changed_bit_is_believed()
    {
        var record = Frame([1, 2, 3, 4, 5]);
        for (var bit = 0; bit < 8 * record.Length; bit++)
        {
            record[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(0, RecordFrame.Inspect(record, out _));
            record[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.NotEqual(0, RecordFrame.Inspect(record, out _));
    }

    [Fact]
    public void No_record_that_was_cut_off_is_believed()
    {
        var record = Frame([1, 2, 3, 4, 5]);
        for (var length = 0; length < record.Length; length++)
            Assert.Equal(0, RecordFrame.Inspect(record.AsSpan(0, length), out _));
    }

    [Fact]
    public void A_record_that_became_zeros_is_not_believed()
    {
        Assert.Equal(0, RecordFrame.Inspect(new byte[100], out _));
        Assert.Equal(RecordFrame.HeaderSize, RecordFrame.PromisedSize(new byte[RecordFrame.HeaderSize]));
    }

    [Fact]
    public void Lengths_that_cannot_be_promise_nothing()
    {
        var record = Frame([1, 2, 3]);
        record[7] = 0x80; // negative
        Assert.Equal(RecordFrame.HeaderSize, RecordFrame.PromisedSize(record.AsSpan(0, RecordFrame.HeaderSize)));
        record[7] = 0x7f; // two gigabytes
        Assert.Equal(RecordFrame.HeaderSize, RecordFrame.PromisedSize(record.AsSpan(0, RecordFrame.HeaderSize)));
        Assert.Equal(0, RecordFrame.Inspect(record, out _));
        Assert.Equal(5, RecordFrame.PromisedSize(record.AsSpan(0, 5)));
    }

    [Fact]
    public void Good_records_are_found_behind_anything() => Property.Holds(Property.Bytes(0, 60), noise =>
    {
        // Random bytes have no marker; even a marker without a record behind it is none.
        return !RecordFrame.AnyIn(noise)
            && RecordFrame.AnyIn([.. noise, .. Frame([7])])
            && RecordFrame.AnyIn([.. Frame([7]).AsSpan(0, 4), .. noise, .. Frame([7]), .. noise])
            && !RecordFrame.AnyIn([.. noise, .. Frame([7, 8, 9]).AsSpan(0, 14)]);
    });
}
