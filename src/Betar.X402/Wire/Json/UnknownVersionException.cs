namespace Betar.X402.Wire.Json;

/// <summary>Leaves the readers of a message whose version nobody here knows; it never leaves the codec.</summary>
internal sealed class UnknownVersionException : Exception;
