namespace Betar.X402.Protocol.Json;

/// <summary>Leaves the nested readers of one message; it never leaves the codec.</summary>
internal sealed class MalformedMessageException(string fault) : Exception(fault);
