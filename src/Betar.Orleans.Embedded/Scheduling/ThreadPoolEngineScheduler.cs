namespace Betar.Orleans.Embedded;

/// <summary>Runs the engine on the thread pool. The only file of the engine that may name it.</summary>
internal sealed class ThreadPoolEngineScheduler : IEngineScheduler
{
    public int Quantum => 256;

    public TaskCreationOptions Completion => TaskCreationOptions.RunContinuationsAsynchronously;

#pragma warning disable RS0030 // the production end of the seam: everything else schedules through IEngineScheduler
    public void Schedule(IThreadPoolWorkItem item) => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
#pragma warning restore RS0030
}
