namespace Orleans.Runtime;

[GenerateSerializer]
public enum EnumerationResult
{
    Heartbeat = 1,
    Element = 2,
    Batch = 4,
    Completed = 8,
    CompletedWithElement = Completed | Element,
    CompletedWithBatch = Completed | Batch,
    MissingEnumeratorError = 16,
    Error = 32,
    Canceled = 64,
}
