using System.Runtime.CompilerServices;
using Betar.Storage;

namespace Betar.Node.Errors;

/// <summary>Gives the failures of the store their codes. Apart, so that commands without a store do not load it.</summary>
internal static class StorageTranslator
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CliRefusal? TryTranslate(Exception exception) =>
        exception is StorageException failed ? Entry(failed.Failure).Refuse(failed.Message) with { Cause = failed } : null;

    internal static ErrorEntry Entry(StorageFailure failure) => failure switch
    {
        StorageFailure.NotFound => ErrorCatalog.NoData,
        StorageFailure.NotWritable => ErrorCatalog.FolderNotWritable,
        StorageFailure.NotADatabase or StorageFailure.Corrupt => ErrorCatalog.DatabaseCorrupt,
        StorageFailure.Newer => ErrorCatalog.DatabaseNewer,
        StorageFailure.Busy => ErrorCatalog.FolderInUse,
        StorageFailure.DiskFull => ErrorCatalog.DiskFull,
        StorageFailure.LibraryMissing => ErrorCatalog.NativeLibraryMissing,
        StorageFailure.Overloaded => ErrorCatalog.Busy,
        _ => ErrorCatalog.StoreFailed,
    };
}
