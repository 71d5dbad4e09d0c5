namespace Betar.Orleans.Embedded.Serialization;

internal delegate T ValueReader<out T>(ref WireReader reader, WireField field);
