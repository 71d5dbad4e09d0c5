using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Messaging;

public sealed class MessageBufferTests
{
    private readonly GrainTypeNames _names = new();

    [Fact]
    public void What_is_written_is_read_back_in_order()
    {
        using var writer = MessageWriter.Rent();
        writer.WriteByte(7);
        writer.WriteLong(long.MinValue);
        writer.WriteBytes("text"u8);
        writer.WriteGrainId(GrainId.Create("type", "key"));
        var reader = new MessageReader(writer.Written);
        Assert.Equal(7, reader.ReadByte());
        Assert.Equal(long.MinValue, reader.ReadLong());
        Assert.Equal("text"u8, reader.ReadBytes().Span);
        Assert.Equal(GrainId.Create("type", "key"), reader.ReadGrainId(_names));
        Assert.True(reader.Rest.IsEmpty);
    }

    [Fact]
    public void A_message_may_outgrow_its_first_buffer()
    {
        var content = Enumerable.Range(0, 5000).Select(static i => (byte)i).ToArray();
        using var writer = MessageWriter.Rent();
        writer.WriteByte(1);
        writer.WriteBytes(content);
        var span = writer.GetSpan(9000);
        span[8999] = 42;
        writer.Advance(9000);
        var reader = new MessageReader(writer.Written);
        Assert.Equal(1, reader.ReadByte());
        Assert.Equal(content, reader.ReadBytes().ToArray());
        Assert.Equal(42, reader.Rest.Span[^1]);
    }

    [Fact]
    public void A_rented_writer_is_empty_whatever_it_held_before()
    {
        using (var first = MessageWriter.Rent())
            first.WriteLong(1);
        using var second = MessageWriter.Rent();
        Assert.Equal(0, second.Length);
        Assert.True(second.Written.IsEmpty);
    }

    [Fact]
    public void Two_messages_of_one_thread_do_not_share_a_buffer()
    {
        using var outer = MessageWriter.Rent();
        outer.WriteByte(1);
        using (var inner = MessageWriter.Rent())
            inner.WriteByte(2);
        Assert.Equal([1], outer.Written.ToArray());
    }

    [Fact]
    public void A_huge_buffer_is_not_kept()
    {
        MessageWriter huge;
        using (huge = MessageWriter.Rent())
            huge.GetSpan(1024 * 1024);
        using var next = MessageWriter.Rent();
        Assert.NotSame(huge, next);
    }

    [Fact]
    public void What_was_written_can_be_taken_back()
    {
        using var writer = MessageWriter.Rent();
        writer.WriteLong(5);
        writer.TruncateTo(0);
        writer.WriteByte(9);
        Assert.Equal([9], writer.Written.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_message_that_ends_too_early_is_an_exception_not_garbage(int length) =>
        Assert.ThrowsAny<Exception>(() => new MessageReader(new byte[length]).ReadLong());

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(5)]
    public void A_length_that_the_message_does_not_have_is_an_exception(int length)
    {
        var message = new byte[8];
        BitConverter.TryWriteBytes(message, length);
        Assert.ThrowsAny<ArgumentException>(() => new MessageReader(message).ReadBytes());
    }

    [Fact]
    public void A_name_that_is_known_is_not_copied_again()
    {
        var first = _names.Intern("probe"u8);
        var second = _names.Intern("probe"u8);
        Assert.True(first.AsSpan().Overlaps(second.AsSpan()));
    }

    [Fact]
    public void Names_beyond_the_bound_are_read_but_not_kept()
    {
        for (var i = 0; i < 5000; i++)
            _names.Intern(System.Text.Encoding.UTF8.GetBytes($"type{i}"));
        var late = _names.Intern("late"u8);
        Assert.Equal("late", late.ToString());
        Assert.False(late.AsSpan().Overlaps(_names.Intern("late"u8).AsSpan()));
    }
}
