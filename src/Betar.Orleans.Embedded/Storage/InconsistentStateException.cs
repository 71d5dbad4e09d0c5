using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The stored state is not the one that was read.</summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    /// <summary>Stands for an activation of another silo.</summary>
    internal static readonly object Elsewhere = new();

    public InconsistentStateException()
    {
    }

    public InconsistentStateException(string message) : base(message)
    {
    }

    public InconsistentStateException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag) : base(errorMsg)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception storageException) : base(errorMsg, storageException)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
        : this(storageException.Message, storedEtag, currentEtag, storageException)
    {
    }

    [Id(0)]
    public string? StoredEtag { get; private set; }

    [Id(1)]
    public string? CurrentEtag { get; private set; }

    /// <summary>Whose state it is: that activation is out of date, those that merely pass the exception on are not.</summary>
    [field: NonSerialized]
    internal object? Owner { get; set; }

    public override string ToString() => $"{base.ToString()} stored ETag: {StoredEtag}, current ETag: {CurrentEtag}";
}
