using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;

namespace Betar.Orleans.Embedded.Tests.Serialization;

public sealed class ExceptionTests
{
    public static TheoryData<Exception> OfThePlatform => new(
        new InvalidOperationException("m"),
        new ArgumentException("m", "p"),
        new ArgumentNullException("p"),
        new ArgumentOutOfRangeException("p", 5, "m"),
        new OperationCanceledException("m"),
        new TaskCanceledException("m"),
        new TimeoutException("m"),
        new FileNotFoundException("m", "file"),
        new KeyNotFoundException("m"),
        new NotSupportedException("m"),
        new ObjectDisposedException("object", "m"),
        new FormatException("m"),
        new OverflowException("m"),
        new SocketException((int)SocketError.ConnectionRefused),
        new HttpRequestException("m"),
        new JsonException("m"),
        new UnauthorizedAccessException("m"),
        new IOException("m"));

    [Theory]
    [MemberData(nameof(OfThePlatform))]
    public void Exceptions_of_the_platform_keep_type_message_stack_and_code(Exception exception)
    {
        var thrown = Thrown(exception);
        var back = SerializerHost.RoundTrip(thrown);
        Assert.IsType(thrown.GetType(), back);
        Assert.Equal(thrown.Message, back.Message);
        Assert.Equal(thrown.HResult, back.HResult);
        Assert.Contains(nameof(Thrown), back.StackTrace, StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), back.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Inner_exceptions_travel_with_the_outer_one()
    {
        var back = SerializerHost.RoundTrip<Exception>(new InvalidOperationException("outer", new TimeoutException("inner", new IOException("innermost"))));
        Assert.Equal("inner", Assert.IsType<TimeoutException>(back.InnerException).Message);
        Assert.Equal("innermost", Assert.IsType<IOException>(back.InnerException.InnerException).Message);
    }

    [Fact]
    public void Aggregates_keep_all_of_theirs()
    {
        var aggregate = new AggregateException("all", new TimeoutException("one"), new IOException("two"));
        var back = SerializerHost.RoundTrip(aggregate);
        Assert.Equal(aggregate.Message, back.Message);
        Assert.Equal(["one", "two"], back.InnerExceptions.Select(static inner => inner.Message));
        Assert.Equal("one", back.InnerException!.Message);
        Assert.Empty(SerializerHost.RoundTrip(new AggregateException()).InnerExceptions);
    }

    [Fact]
    public void Marked_exceptions_keep_their_members_and_what_every_exception_has()
    {
        var back = SerializerHost.RoundTrip(Assert.IsType<MarkedException>(Thrown(new MarkedException("m", 42, new TimeoutException("inner")))));
        Assert.Equal(("m", 42, "inner"), (back.Message, back.Code, back.InnerException!.Message));
        Assert.Contains(nameof(Thrown), back.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void Exceptions_of_the_engine_travel()
    {
        Assert.Equal("m", SerializerHost.RoundTrip<Exception>(new SiloUnavailableException("m")).Message);
        Assert.Equal("m", Assert.IsType<CodecNotFoundException>(SerializerHost.RoundTrip<Exception>(new CodecNotFoundException("m"))).Message);
    }

    [Fact]
    public void A_received_exception_may_be_thrown_again_and_sent_again()
    {
        var back = SerializerHost.RoundTrip(Thrown(new TimeoutException("m")));
        var again = SerializerHost.RoundTrip(Assert.Throws<TimeoutException>(() => ExceptionDispatchInfo.Throw(back)));
        Assert.Contains(nameof(Thrown), again.StackTrace, StringComparison.Ordinal);
        Assert.Contains(nameof(A_received_exception_may_be_thrown_again_and_sent_again), again.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void Unmarked_exceptions_of_others_are_named_and_refused()
    {
        var exception = Assert.Throws<CodecNotFoundException>(() => SerializerHost.Serializer.SerializeToArray<Exception>(new UnmarkedException("secret")));
        Assert.Contains(nameof(UnmarkedException), exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unmarked_inner_exception_takes_the_outer_one_with_it() =>
        Assert.Contains(
            nameof(UnmarkedException),
            Assert.Throws<CodecNotFoundException>(() => SerializerHost.Serializer.SerializeToArray<Exception>(new TimeoutException("m", new UnmarkedException("m")))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Within_a_silo_the_exception_stays_the_one_that_was_thrown()
    {
        foreach (var exception in new Exception[] { new TimeoutException("m"), new MarkedException("m", 1), new UnmarkedException("m") })
            Assert.Same(exception, SerializerHost.Copier.Copy(Response.FromException(exception)).Exception);
        var marked = new MarkedException("m", 1);
        Assert.Same(marked, SerializerHost.Copier.Copy<Exception>(marked));
    }

    [Fact]
    public void A_name_that_is_no_exception_of_the_platform_is_not_looked_up() =>
        Assert.Throws<SerializerException>(() => SerializerHost.Serializer.Deserialize<Exception>(
            SerializerHost.Serializer.SerializeToArray<object>(new Plain())));

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception caught)
        {
            return caught;
        }
    }

    private sealed class UnmarkedException(string message) : Exception(message);
}
