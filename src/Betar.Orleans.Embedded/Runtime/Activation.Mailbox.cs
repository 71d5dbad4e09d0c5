namespace Orleans.Runtime;

/// <summary>
/// The mailbox: anyone pushes with one interlocked operation; whoever finds it idle hands the activation to the engine's scheduler.
/// </summary>
internal sealed partial class Activation
{
    private static readonly WorkItem Busy = new ActionItem(static _ => { }, null);
    private static readonly Action<object?> RunTurnsAction = static activation => ((Activation)activation!).RunTurns();

    // null: idle. Otherwise scheduled or running, and the items that came since, newest first, down to Busy or null.
    private WorkItem? _inbox;
    private WorkItem? _chain;

    /// <summary>From any thread.</summary>
    public void Post(WorkItem item)
    {
        var head = Volatile.Read(ref _inbox);
        while (true)
        {
            item.Next = head;
            var seen = Interlocked.CompareExchange(ref _inbox, item, head);
            if (ReferenceEquals(seen, head))
                break;
            head = seen;
        }

        if (head is null)
            Silo.Scheduler.Schedule(this);
    }

    void ICallTarget.Post(Invocation call) => Post(call);

    public void QueueAction(Action action) => Post(new ActionItem(static state => ((Action)state!)(), action));

    public void QueueAction(Action<object> action, object state) =>
        Post(new ActionItem(static pair => Call(((Action<object>, object))pair!), (action, state)));

    void IWorkItemScheduler.QueueTask(Task task) => task.Start(this);

    public void ReceiveMessage(object message) => Post((WorkItem)message);

    public void Execute()
    {
        var before = RuntimeContext.Current;
        RuntimeContext.Current = this;
        var left = Silo.Scheduler.Quantum;
        do
        {
            left -= RunChain(Interlocked.Exchange(ref _inbox, Busy)!);
            if (ReferenceEquals(Interlocked.CompareExchange(ref _inbox, null, Busy), Busy))
            {
                RuntimeContext.Current = before;
                return;
            }
        }
        while (left > 0);

        RuntimeContext.Current = before;
        Silo.Scheduler.Schedule(this);
    }

    protected override void QueueTask(Task task) => Post(new TaskItem(task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(RuntimeContext.Current, this) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private static void Call((Action<object> Action, object State) pair) => pair.Action(pair.State);

    private int RunChain(WorkItem newest)
    {
        WorkItem? chain = null;
        var count = 0;
        for (var item = newest; item is not null && !ReferenceEquals(item, Busy); count++)
        {
            var next = item.Next;
            item.Next = chain;
            chain = item;
            item = next;
        }

        // A silo that was killed does nothing any more, not even finish.
        while (chain is not null && !Silo.IsKilled)
        {
            if (chain is TaskItem { Task: var task })
            {
                var next = chain.Next;
                chain.Next = null;
                TryExecuteTask(task);
                chain = next;
            }
            else
            {
                // What the turns below await finds its way back because this task runs on this scheduler.
                _chain = chain;
                new Task(RunTurnsAction, this, CancellationToken.None, TaskCreationOptions.DenyChildAttach).RunSynchronously(this);
                chain = _chain;
                _chain = null;
            }
        }

        return count;
    }

    private void RunTurns()
    {
        var context = ExecutionContext.Capture()!;
        while (_chain is { } item and not TaskItem && !Silo.IsKilled)
        {
            _chain = item.Next;
            item.Next = null;
            try
            {
                item.Run(this);
            }
            catch (Exception exception)
            {
                Silo.LogTurnFailed(this, exception);
            }

            // Whatever the turn left in async locals must not reach the next one.
            ExecutionContext.Restore(context);
        }
    }
}
