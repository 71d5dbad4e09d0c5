namespace Orleans.Runtime;

internal enum MessageKind : byte
{
    Request = 1,
    OneWay = 2,
    Result = 3,
    Failure = 4,
    Retry = 5,
    Cancel = 6,
}
