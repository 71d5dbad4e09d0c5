namespace Orleans.Runtime;

/// <summary>What one message brings: elements, whether that was all, and the failure that ended it.</summary>
[GenerateSerializer]
[Immutable]
[Alias("betar.enumeration-step")]
internal sealed class EnumerationStep
{
    [Id(0)]
    public object? Elements { get; set; }

    [Id(1)]
    public EnumerationResult Result { get; set; }

    [Id(2)]
    public Exception? Error { get; set; }
}
