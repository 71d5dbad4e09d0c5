namespace Betar.Storage.Database;

internal enum WritePush
{
    Queued,
    Full,
    Closed,
}
