namespace Betar.Storage;

/// <summary>The store could not do its work. The message is one sentence for the operator and says what to do.</summary>
public sealed class StorageException : Exception
{
    public StorageException(StorageFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    public StorageFailure Failure { get; }

    /// <summary>
    /// True when the commit itself failed in the disk: the write may or may not be found after a restart.
    /// Read again before you act on it.
    /// </summary>
    public bool OutcomeUnknown { get; init; }
}
