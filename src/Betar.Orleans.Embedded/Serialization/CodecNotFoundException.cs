namespace Orleans.Serialization;

/// <summary>A type has no codec: the message names it and says what to do.</summary>
public sealed class CodecNotFoundException(string message) : SerializerException(message)
{
}
