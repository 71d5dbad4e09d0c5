using System.Net.Sockets;
using Betar.Node.Errors;
using Betar.Storage;

namespace Betar.Node.Tests.Errors;

public sealed class ExceptionTranslatorTests
{
    [Fact]
    public void No_space_left_is_disk_full() =>
        Assert.Same(ErrorCatalog.DiskFull, Code(new IOException("No space left on device : '/x'", 28)));

    [Fact]
    public void A_full_quota_is_disk_full() => Assert.Same(ErrorCatalog.DiskFull, Code(new IOException("Disk quota exceeded", 122)));

    [Fact]
    public void A_taken_port_is_known_inside_the_exception_of_a_server() =>
        Assert.Same(ErrorCatalog.PortTaken, Code(new IOException("Failed to bind", new SocketException((int)SocketError.AddressAlreadyInUse))));

    [Fact]
    public void A_port_that_may_not_be_used_is_known() =>
        Assert.Same(ErrorCatalog.PortTaken, Code(new SocketException((int)SocketError.AccessDenied)));

    [Fact]
    public void Denied_access_is_a_file_that_cannot_be_read() =>
        Assert.Same(ErrorCatalog.FileNotReadable, Code(new UnauthorizedAccessException("Access to '/x' is denied.")));

    [Fact]
    public void A_cancellation_says_that_it_was_stopped() =>
        Assert.Same(ErrorCatalog.Interrupted, Code(new OperationCanceledException()));

    [Fact]
    public void A_lone_inner_exception_counts_for_its_aggregate() =>
        Assert.Same(ErrorCatalog.Interrupted, Code(new AggregateException(new OperationCanceledException())));

    [Fact]
    public void Anything_else_is_unexpected_and_keeps_its_cause()
    {
        var bug = new InvalidOperationException("why");

        var refusal = ExceptionTranslator.Translate(bug);

        Assert.Same(ErrorCatalog.Unexpected, refusal.Error);
        Assert.Same(bug, refusal.Cause);
    }

    [Theory]
    [InlineData(StorageFailure.Corrupt, "BTR-2003")]
    [InlineData(StorageFailure.NotADatabase, "BTR-2003")]
    [InlineData(StorageFailure.Newer, "BTR-2004")]
    [InlineData(StorageFailure.DiskFull, "BTR-2005")]
    [InlineData(StorageFailure.NotWritable, "BTR-2001")]
    [InlineData(StorageFailure.NotFound, "BTR-2016")]
    [InlineData(StorageFailure.Busy, "BTR-2002")]
    [InlineData(StorageFailure.LibraryMissing, "BTR-2009")]
    [InlineData(StorageFailure.Overloaded, "BTR-3008")]
    [InlineData(StorageFailure.InputOutput, "BTR-2015")]
    [InlineData(StorageFailure.Unexpected, "BTR-2015")]
    public void Each_failure_of_the_store_has_its_code(StorageFailure failure, string code) =>
        Assert.Equal(code, Code(new StorageException(failure, "The store said so.")).Code);

    private static ErrorEntry Code(Exception exception) => ExceptionTranslator.Translate(exception).Error;
}
